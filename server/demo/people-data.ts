/** handle | given name | family name | job | service | organisation (see `organisations`). */
export const peopleTable = `
camille|Camille|Berthier|Technicienne informatique des collèges|Informatique des collèges|D
karim|Karim|Benhaddou|Technicien informatique des collèges|Informatique des collèges|D
solene|Solène|Le Guern|Technicienne informatique des collèges|Informatique des collèges|D
gildas|Gildas|Prigent|Technicien informatique, secteur sud|Informatique des collèges|D
theo|Théo|Vasseur|Apprenti support|Informatique des collèges|D
fatou|Fatou|Diarra|Cheffe du service Informatique des collèges|Informatique des collèges|D
aurelie|Aurélie|Fontanel|Gestionnaire du parc|Informatique des collèges|D
mathis|Mathis|Roussel|Technicien réseau|Systèmes et réseaux|D
ines|Inès|Moreira|Administratrice réseau|Systèmes et réseaux|D
yann|Yann|Kerbrat|Administrateur systèmes|Systèmes et réseaux|D
nadia|Nadia|Haddad|Directrice des systèmes d’information|Direction des systèmes d’information|D
sylvie|Sylvie|Carrère|Administratrice fonctionnelle de Parvis|Direction des systèmes d’information|D
lin|Lin|Chen|Chargée d’études et de données|Direction des systèmes d’information|D
mariama|Mariama|Sow|Assistante de service social|Maison des solidarités de Saint-Aubert|D
helene|Hélène|Cassagne|Responsable de la Maison des solidarités|Maison des solidarités de Saint-Aubert|D
sophie|Sophie|Delmas|Conseillère en économie sociale et familiale|Maison des solidarités de Saint-Aubert|D
bruno|Bruno|Tessier|Éducateur spécialisé|Protection de l’enfance|D
amel|Amel|Cherif|Agente d’accueil social|Maison des solidarités de Lormeuil|D
lucie|Lucie|Marchadier|Puéricultrice|Protection maternelle et infantile|D
odile|Odile|Garrigue|Médecin|Protection maternelle et infantile|D
thuy|Thuy|Nguyen|Référente insertion|Insertion et emploi|D
paulo|Paulo|Ferreira|Référent logement|Habitat et logement|D
nora|Nora|Boukhris|Secrétaire médico-sociale|Maison des solidarités de Lormeuil|D
rachid|Rachid|Amrani|Chef du centre routier de Lormeuil|Exploitation des routes|D
pascal|Pascal|Vidaud|Patrouilleur|Exploitation des routes|D
jeanlouis|Jean-Louis|Combret|Agent d’exploitation|Exploitation des routes|D
kevin|Kévin|Dufrêne|Conducteur d’engins|Exploitation des routes|D
stephanie|Stéphanie|Maurin|Ingénieure ouvrages d’art|Ouvrages d’art|D
mireille|Mireille|Astier|Gestionnaire du domaine public|Domaine public routier|D
tony|Tony|Lagarde|Mécanicien poids lourds|Parc et ateliers|D
daniel|Daniel|Okafor|Conducteur de bus|Transports de la Vaurelle|D
sandrine|Sandrine|Peyrot|Conductrice de bus|Transports de la Vaurelle|D
moussa|Moussa|Traoré|Conducteur de bus|Transports de la Vaurelle|D
ahmed|Ahmed|Zerrouki|Conducteur de bus|Transports de la Vaurelle|D
marina|Marina|Popescu|Conductrice de bus|Transports de la Vaurelle|D
valerie|Valérie|Coste|Régulatrice|Transports de la Vaurelle|D
gerard|Gérard|Bonnafous|Chef de cuisine|Restaurant administratif|D
leila|Leïla|Mansouri|Cuisinière|Restaurant administratif|D
antoine|Antoine|Ribeyre|Menuisier|Ateliers|D
rene|René|Courtade|Serrurier-métallier|Ateliers|D
fabien|Fabien|Lecoq|Électricien|Ateliers|D
ludovic|Ludovic|Paget|Peintre en bâtiment|Ateliers|D
celeste|Céleste|Amoussou|Jardinière|Espaces verts|D
josette|Josette|Albaret|Relieuse|Archives départementales|D
anais|Anaïs|Verdier|Archiviste|Archives départementales|D
tiago|Tiago|Mendes|Chef de projet numérisation|Archives départementales|D
claire|Claire|Jouve|Cheffe de projet construction|Bâtiments et collèges|D
hugo|Hugo|Lambertin|Conducteur d’opération|Bâtiments et collèges|D
mehdi|Mehdi|Saïdi|Économiste de la construction|Bâtiments et collèges|D
elodie|Élodie|Tournier|Architecte|Bâtiments et collèges|D
isabelle|Isabelle|Ferrand|Directrice des ressources humaines|Ressources humaines|D
julien|Julien|Mazet|Gestionnaire de carrières|Ressources humaines|D
samira|Samira|Ouali|Chargée de formation|Ressources humaines|D
coralie|Coralie|Brunet|Référente télétravail et qualité de vie|Ressources humaines|D
thomas|Thomas|Escande|Conseiller en prévention|Ressources humaines|D
margaux|Margaux|Delattre|Directrice de la communication|Communication|D
adrien|Adrien|Sabatier|Chargé de communication numérique|Communication|D
chloe|Chloé|Wagner|Graphiste|Communication|D
ousmane|Ousmane|Ndiaye|Photographe-vidéaste|Communication|D
zoe|Zoé|Lamarque|Apprentie en communication|Communication|D
francoise|Françoise|Aubrac|Directrice générale des services|Direction générale|D
laurent|Laurent|Pélissier|Directeur général adjoint, solidarités|Direction générale|D
beatrice|Béatrice|Sauvage|Directrice générale adjointe, aménagement|Direction générale|D
vincent|Vincent|Cazals|Directeur des routes et des mobilités|Routes et mobilités|D
nathalie|Nathalie|Girou|Directrice des collèges|Collèges|D
dominique|Dominique|Perrier|Chef du service Moyens généraux|Moyens généraux|D
louise|Louise|Bastide|Animatrice du réseau des espaces|Innovation et méthodes|D
simon|Simon|Kadoch|Délégué à la protection des données|Affaires juridiques|D
priya|Priya|Nadarajah|Juriste|Affaires juridiques|D
romain|Romain|Delpech|Chef de projet événementiel|Culture et événements|D
manon|Manon|Teyssier|Chargée de la vie associative|Culture et événements|D
gabriel|Gabriel|Esteves|Régisseur|Culture et événements|D
mylene|Mylène|Hoarau|Chargée d’accueil et standard|Moyens généraux|D
patrick|Patrick|Noguès|Vaguemestre|Moyens généraux|D
benoit|Benoît|Carlier|Référent numérique|Collège des Trois-Rivières|D
sarah|Sarah|Lévy|Gestionnaire|Collège du Pré-Clos|D
rokhaya|Rokhaya|Fall|Gestionnaire|Collège Hélène-Vasseur|D
florence|Florence|Ducasse|Principale adjointe|Collège Les Alizés|D
agnes|Agnès|Rolland|Principale|Collège La Forge|D
martine|Martine|Lacombe|Secrétaire générale|Direction générale|S
kenza|Kenza|Belkacem|Chargée de mission numérique|Innovation|S
olivier|Olivier|Fargues|Responsable des services techniques|Services techniques|S
lea|Léa|Montagnac|Médiathécaire|Médiathèque|S
emma|Emma|Charpentier|Référente jeunesse|Jeunesse|S
christophe|Christophe|Arnaud|Directeur des services|Direction|L
yasmine|Yasmine|El Fassi|Agente d’état civil|Accueil et état civil|L
denis|Denis|Pommier|Technicien informatique|Informatique|L
clara|Clara|Roumégous|Responsable des achats|Finances et achats|L
michele|Michèle|Barthe|Secrétaire de mairie|Mairie|C
florian|Florian|Guérin|Responsable des espaces verts|Services techniques|C
jeremie|Jérémie|Lutz|Agent technique polyvalent|Services techniques|C
awa|Awa|Konaté|Animatrice périscolaire|Enfance|C
veronique|Véronique|Sarlat|Directrice générale des services|Direction générale|V
ibrahim|Ibrahim|Cissé|Chargé de la transition énergétique|Développement durable|V
pauline|Pauline|Monnier|Responsable de la communication|Communication|V
eric|Éric|Duthil|Technicien voirie|Services techniques|V
rosa|Rosa|Almeida|Responsable de la restauration scolaire|Éducation|V
ernesto|Ernesto|Valdès|Conducteur de travaux|Agence de Lormeuil|B
`;

export const organisations: Record<string, { name: string; domain: string }> = {
  D: { name: "Département de la Vaurelle", domain: "vaurelle.example" },
  S: { name: "Ville de Saint-Aubert-sur-Vaure", domain: "saint-aubert.example" },
  L: { name: "Commune de Lormeuil", domain: "lormeuil.example" },
  C: { name: "Commune de Castelnoue", domain: "castelnoue.example" },
  V: { name: "Ville de Villebrune-en-Vaurelle", domain: "villebrune.example" },
  B: { name: "Bâtisseurs du Vauron", domain: "batisseurs-vauron.example" },
};

/** Who can play a role in an exchange that comes back. */
export const pools: Record<string, string[]> = {
  tech: ["camille", "karim", "solene", "gildas", "theo"],
  net: ["mathis", "ines", "yann"],
  ref: ["benoit", "sarah", "rokhaya", "florence"],
  social: ["mariama", "sophie", "bruno", "amel", "thuy", "paulo"],
  pmi: ["lucie", "odile", "nora"],
  road: ["pascal", "jeanlouis", "kevin"],
  roadchief: ["rachid", "mireille", "stephanie"],
  bus: ["daniel", "sandrine", "moussa", "ahmed", "marina"],
  craft: ["antoine", "rene", "fabien", "ludovic"],
  kitchen: ["gerard", "leila"],
  works: ["hugo", "claire", "mehdi", "elodie"],
  hr: ["julien", "samira", "coralie"],
  com: ["adrien", "chloe", "ousmane", "zoe"],
  boss: ["vincent", "nathalie", "isabelle", "margaux", "nadia", "dominique"],
  town: ["martine", "kenza", "christophe", "michele", "veronique", "clara"],
  townstaff: ["eric", "jeremie", "denis", "ibrahim", "pauline", "yasmine", "olivier", "florian", "rosa"],
  anim: ["camille", "helene", "rachid", "adrien", "romain", "samira", "kenza", "antoine"],
  event: ["manon", "gabriel", "ousmane", "emma", "celeste"],
  staff: [
    "mylene",
    "patrick",
    "lin",
    "anais",
    "tiago",
    "priya",
    "zoe",
    "fabien",
    "celeste",
    "nora",
    "thuy",
    "leila",
  ],
};

/** For the drawn portraits. */
export const shortHaired = new Set(
  (
    "karim gildas theo mathis yann bruno paulo rachid pascal jeanlouis kevin tony daniel moussa ahmed gerard antoine rene fabien " +
    "ludovic tiago hugo mehdi julien thomas adrien ousmane laurent vincent simon romain gabriel patrick benoit olivier " +
    "eric jeremie christophe denis florian ibrahim ernesto dominique"
  ).split(" "),
);
export const greyHaired = new Set(
  "gerard josette rene patrick vincent francoise agnes michele helene laurent tony odile dominique gildas isabelle veronique".split(
    " ",
  ),
);
export const deepToned = new Set(
  "fatou mariama daniel moussa ousmane rokhaya awa ibrahim celeste mylene".split(" "),
);
export const warmToned = new Set(
  "karim nadia amel nora rachid ahmed leila mehdi samira kenza yasmine priya tiago paulo ernesto rosa gabriel ines thuy".split(
    " ",
  ),
);
