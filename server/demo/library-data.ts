/**
 * What lies in the libraries of the demonstration, to be read by eye and edited by hand. Two spaces deeper: in the folder above;
 * a folder ends with `/`. After `|`: `@handle` who wrote it, `v3` versions, `#label`, `template`, `lock HANDLE note`, `preserved reason`,
 * `restricted`, `trashed`, `-40` days ago.
 */
export const demoLibraries: Readonly<Record<string, string>> = {
  it: `
Procédures/
  Déployer une classe mobile.odt | @camille v4 #procédure #postes -96
  Remplacer un commutateur.odt | @gildas v2 #procédure #réseau -74
  Sauvegarder un poste avant remise.odt | @karim #procédure -51
  Accès au serveur d’images.md | @theo v2 #procédure -33
  Check-list de rentrée.xlsx | @fatou v3 #rentrée -88
Modèles/
  Bon d’intervention.odt | @camille template #modèle -160
  Compte rendu de visite.docx | @solene template #modèle -150
  Étiquette de baie.odt | @gildas template -120
Collèges/
  La Forge/
    Plan de la salle serveur.png | @mathis #plan -60
    Inventaire La Forge.xlsx | @aurelie v2 #inventaire -45
    Relevé wifi rez-de-chaussée.csv | @gildas #réseau -21
  Bellefontaine/
    Inventaire Bellefontaine.xlsx | @aurelie #inventaire -44
    Photo baie étage 2.jpg | @karim #photo -19
    Clés et accès.txt | @karim restricted -110
  Les Alizés/
    Inventaire Les Alizés.xlsx | @aurelie v3 #inventaire -40
    Câblage du CDI.pdf | @ines #plan -64
    Photo vidéoprojecteur 204.jpg | @yann #photo -8
  Pré-Clos/
    Inventaire Pré-Clos.xlsx | @aurelie #inventaire -41
    Relevé wifi préau.csv | @gildas #réseau -20
Marchés/
  CCTP postes 2026.odt | @fatou v5 restricted lock nathalie relecture des annexes -30
  Acte d’engagement postes.pdf | @nathalie preserved marché public #marché -28
  Analyse des offres.xlsx | @fatou v2 restricted #marché -26
  Avenant n° 1.pdf | @nathalie #marché -12
Réunions/
  2026-09 Point d’équipe.odt | @solene #compte-rendu -70
  2026-10 Point d’équipe.odt | @solene #compte-rendu -41
  2026-11 Point d’équipe.odt | @solene v2 #compte-rendu -10
  Ordre du jour de décembre.odt | @fatou lock fatou -2
Scripts/
  inventaire.py | @theo v2 #script -52
  renommer-postes.ps1 | @theo #script -39
  supervision.json | @gildas -18
  LISEZMOI.md | @theo -52
Annonce répondeur hotline.wav | @yann -35
Planning des tournées.xlsx | @camille v6 #planning -4
Charte informatique des collèges.pdf | @fatou #référence -130
Ancien planning.xlsx | @camille trashed -120
Brouillon note parents.odt | @lin trashed -15
`,
  accueil: `
Guides/
  Premiers pas dans Parvis.pdf | @louise v2 #guide -140
  Bien nommer ses fichiers.odt | @louise #guide -98
  Accessibilité de nos documents.odt | @louise v2 #guide #accessibilité -66
  Raccourcis clavier.md | @camille #guide -37
Logos et charte/
  Charte graphique.pdf | @margaux v2 #charte -150
  Bandeau automne.png | @adrien #charte -62
  Modèle de lettre.odt | @margaux template #modèle -150
  Modèle de note de service.odt | @sylvie template #modèle -150
  Modèle de présentation.docx | @margaux template #modèle -149
Menus de la cantine/
  Menus semaine 46.pdf | @dominique -16
  Menus semaine 47.pdf | @dominique -9
  Menus semaine 48.pdf | @dominique -2
  Allergènes.csv | @dominique v3 #référence -58
Annuaire des services.csv | @sylvie v5 #référence -13
Plan de l’hôtel du département.png | @sylvie #plan -145
Foire aux questions.md | @louise v4 #guide -22
`,
  routes: `
Viabilité hivernale/
  Dossier d’organisation 2026-2027.odt | @vincent v3 #hiver -48
  Circuits de salage.csv | @pascal v2 #hiver -40
  Astreintes novembre.xlsx | @valerie v2 #hiver #planning -24
  Astreintes décembre.xlsx | @valerie #hiver #planning -6
  Stock de sel.csv | @kevin v6 #hiver -3
Ouvrages d’art/
  Pont de Lormeuil/
    Rapport d’inspection 2025.pdf | @stephanie preserved archives techniques #ouvrage -130
    Rapport d’inspection 2026.odt | @stephanie v2 lock stephanie photos à ajouter #ouvrage -14
    Appui nord.jpg | @stephanie #photo -15
    Garde-corps aval.jpg | @stephanie #photo -15
  Recensement des ouvrages.xlsx | @vincent v3 #ouvrage -90
Lignes de bus/
  Horaires ligne 4.csv | @tony v2 #bus -55
  Horaires ligne 7.csv | @tony #bus -54
  Déviation marché de Noël.pdf | @mireille #bus -5
  Annonce à bord ligne 4.wav | @mireille #bus -32
Chantiers/
  Arrêté de circulation type.odt | @rachid template #modèle -145
  Arrêté RD 17.odt | @rachid v2 -20
  Photos RD 17.jpg | @jeanlouis #photo -11
Tableau des véhicules.xlsx | @moussa v4 -27
Note sur les zones à 30.odt | @rachid trashed -80
`,
  chantier: `
Comptes rendus/
  CR 2026-10-06.odt | @claire #compte-rendu -48
  CR 2026-10-20.odt | @claire #compte-rendu -34
  CR 2026-11-03.odt | @claire v2 #compte-rendu -20
  CR 2026-11-17.odt | @claire lock hugo je complète les réserves #compte-rendu -6
Plans/
  Plan masse.pdf | @mehdi preserved pièce du marché #plan -150
  Bâtiment A niveau 0.png | @mehdi v2 #plan -85
  Bâtiment A niveau 1.png | @mehdi #plan -85
  Réseaux et baies.pdf | @ines v3 #plan #réseau -30
Photos/
  Octobre/
    Dalle bâtiment A.jpg | @ernesto #photo -47
  Novembre/
    Charpente.jpg | @ernesto #photo -13
Marché/
  Planning général.xlsx | @hugo v7 #planning -7
  Situation n° 8.pdf | @elodie restricted -18
  Ordre de service n° 3.pdf | @claire preserved pièce du marché -70
  Liste des réserves.csv | @hugo v3 -5
`,
  com: `
Magazine/
  Chemin de fer numéro 42.xlsx | @zoe v3 #magazine -25
  Édito numéro 42.odt | @margaux v4 #magazine -16
  Interview du relieur.odt | @pauline v2 #magazine -21
  Couverture piste A.png | @adrien #magazine -12
Photothèque/
  Foire d’automne.jpg | @ousmane #photo -50
  Autorisation de prise de vue.odt | @chloe template #modèle -148
Réseaux sociaux/
  Calendrier éditorial.xlsx | @lea v5 #planning -3
  Bonnes pratiques.md | @lea -76
Podcast/
  Générique.wav | @ousmane -57
  Conducteur épisode 3.odt | @romain v2 -9
`,
  rh: `
Formulaires/
  Demande de télétravail.odt | @samira template #formulaire -140
  Ordre de mission.odt | @isabelle template #formulaire -140
  Demande de formation.docx | @samira template #formulaire -139
Notes/
  Congés de fin d’année.pdf | @isabelle v2 -23
  Forfait mobilités durables.pdf | @samira #référence -64
  Calendrier de la paie.csv | @isabelle #référence -135
Plan de formation 2026.xlsx | @samira v3 #formation -52
Livret d’accueil.pdf | @samira v2 #référence -118
`,
};

/** The library of `camille` herself. */
export const ownDemoLibrary = `
Mes notes/
  Idées pour la rentrée.md | @camille v2 -92
  À revoir avec Fatou.txt | @camille v3 -7
  Numéros de série à vérifier.csv | @camille -17
Formation/
  Attestation habilitation électrique.pdf | @camille preserved à garder cinq ans -125
  Supports de cours réseau.odt | @camille v2 -58
Déplacements/
  Frais de novembre.xlsx | @camille v2 -8
  Justificatif parking.jpg | @camille -8
Entretien professionnel.odt | @camille v3 restricted -29
Vieux mémo.txt | @camille trashed -45
`;
