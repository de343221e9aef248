/**
 * What electron-builder's MSI lacks, put into its WiX project: links of the form parvis://…, and `AUTOSTART=1` on the
 * command line. The GUIDs are how Windows knows the parts again: the same for ever.
 */

const PARTS = `<Component Id="ParvisLinks" Guid="0A3A1F2B-9A55-4D3E-8E9B-5B0C6F1D7E21" Directory="APPLICATIONFOLDER">
        <RegistryKey Root="HKLM" Key="Software\\Classes\\parvis">
          <RegistryValue Type="string" Value="URL:Parvis" KeyPath="yes"/>
          <RegistryValue Type="string" Name="URL Protocol" Value=""/>
          <RegistryValue Type="string" Key="DefaultIcon" Value="[#mainExecutable],0"/>
          <RegistryValue Type="string" Key="shell\\open\\command" Value="&quot;[#mainExecutable]&quot; -- &quot;%1&quot;"/>
        </RegistryKey>
      </Component>
      <Component Id="ParvisAutostart" Guid="5C6E6B43-8E0B-4F5B-9C0D-2D2B1A7F9A38" Directory="APPLICATIONFOLDER">
        <Condition>AUTOSTART = "1"</Condition>
        <RegistryValue Root="HKLM" Key="Software\\Microsoft\\Windows\\CurrentVersion\\Run" Name="fr.parvis.desktop" Type="string" Value="&quot;[#mainExecutable]&quot; --hidden" KeyPath="yes"/>
      </Component>
      `;

const GROUP = '<ComponentGroup Id="ProductComponents" Directory="APPLICATIONFOLDER">';
const PROPERTIES = '<Property Id="DISABLEADVTSHORTCUTS" Value="1"/>';

export function addToMsiProject(project: string): string {
  return insertAfter(
    insertAfter(project, PROPERTIES, '\n    <Property Id="AUTOSTART" Secure="yes"/>'),
    GROUP,
    `\n      ${PARTS.trimEnd()}`,
  );
}

/** Rather no package than one in which this is missing. */
function insertAfter(text: string, place: string, added: string): string {
  const at = text.indexOf(place);
  if (at < 0)
    throw new Error(`electron-builder's MSI project has no ${place}: build/msi-project.ts has to follow`);
  return text.slice(0, at + place.length) + added + text.slice(at + place.length);
}
