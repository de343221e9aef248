; Put into the installer by electron-builder (nsis.include). For one person: everything is under HKEY_CURRENT_USER.
;
; Parvis-VERSION-user-x64.exe /S [/AUTOSTART] [--force-run] [/D=C:\folder]
;   /S            no window; --force-run starts Parvis afterwards
;   /AUTOSTART    Parvis starts, hidden, when this person signs in; without it nothing is changed
;   /D=           another folder, last and without quotes
; "Uninstall Parvis.exe" /S [--delete-app-data]
;   --delete-app-data   accounts, settings, logs and caches of this person too; an update never removes them

; As Electron names it: what the application itself writes for the same purpose.
!define PARVIS_RUN_KEY "Software\Microsoft\Windows\CurrentVersion\Run"

!macro customInstall
  ; "--" ends the switches: an address can never become one.
  WriteRegStr HKCU "Software\Classes\parvis" "" "URL:Parvis"
  WriteRegStr HKCU "Software\Classes\parvis" "URL Protocol" ""
  WriteRegStr HKCU "Software\Classes\parvis\DefaultIcon" "" "$appExe,0"
  WriteRegStr HKCU "Software\Classes\parvis\shell\open\command" "" '"$appExe" -- "%1"'

  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/AUTOSTART" $R1
  ${IfNot} ${Errors}
    WriteRegStr HKCU "${PARVIS_RUN_KEY}" "${APP_ID}" '"$appExe" --hidden'
  ${EndIf}
  ClearErrors
!macroend

!macro customUnInstall
  ; An update takes the old version away first: what belongs to the person stays.
  ${IfNot} ${isUpdated}
    DeleteRegValue HKCU "${PARVIS_RUN_KEY}" "${APP_ID}"
    ReadRegStr $R1 HKCU "Software\Classes\parvis\shell\open\command" ""
    ${If} $R1 == '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" -- "%1"'
      DeleteRegKey HKCU "Software\Classes\parvis"
    ${EndIf}
    RMDir /r "$LOCALAPPDATA\${APP_PACKAGE_NAME}-updater"

    ${GetParameters} $R0
    ClearErrors
    ${GetOptions} $R0 "--delete-app-data" $R1
    ${IfNot} ${Errors}
      RMDir /r "$LOCALAPPDATA\Parvis"
    ${EndIf}
    ClearErrors
  ${EndIf}
!macroend
