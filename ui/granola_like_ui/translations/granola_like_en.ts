<?xml version='1.0' encoding='utf-8'?>
<TS version="2.1" language="en_US">
<context>
    <name>CallBar</name>
    <message numerus="yes">
        <source>Stopping in %n s</source>
        <translation>
            <numerusform>Stopping in %n s</numerusform>
            <numerusform>Stopping in %n s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The disk has room for %n min more</source>
        <translation>
            <numerusform>The disk has room for %n min more</numerusform>
            <numerusform>The disk has room for %n min more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No sound from the call for %n s</source>
        <translation>
            <numerusform>No sound from the call for %n s</numerusform>
            <numerusform>No sound from the call for %n s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No sound from your microphone for %n s</source>
        <translation>
            <numerusform>No sound from your microphone for %n s</numerusform>
            <numerusform>No sound from your microphone for %n s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CaptionsDrawer</name>
    <message numerus="yes">
        <source>%n s behind what is said</source>
        <translation>
            <numerusform>%n s behind what is said</numerusform>
            <numerusform>%n s behind what is said</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ClashCard</name>
    <message numerus="yes">
        <source>The new transcript speaks against %n of your corrections.</source>
        <translation>
            <numerusform>The new transcript speaks against %n of your corrections.</numerusform>
            <numerusform>The new transcript speaks against %n of your corrections.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message numerus="yes">
        <source>Replace in %n line(s)</source>
        <translation>
            <numerusform>Replace in %n line</numerusform>
            <numerusform>Replace in %n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FolderModel</name>
    <message numerus="yes">
        <source>%n meeting(s)</source>
        <translation>
            <numerusform>%n meeting</numerusform>
            <numerusform>%n meetings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message numerus="yes">
        <source>%n meeting(s)</source>
        <translation>
            <numerusform>%n meeting</numerusform>
            <numerusform>%n meetings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n meeting(s) for ever</source>
        <translation>
            <numerusform>Delete %n meeting for ever</numerusform>
            <numerusform>Delete %n meetings for ever</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MeetingActions</name>
    <message numerus="yes">
        <source>%n meeting(s) are in the trash.</source>
        <translation>
            <numerusform>%n meeting is in the trash.</numerusform>
            <numerusform>%n meetings are in the trash.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n meeting(s) moved to “{folder}”.</source>
        <translation>
            <numerusform>%n meeting moved to “{folder}”.</numerusform>
            <numerusform>%n meetings moved to “{folder}”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n meeting(s) moved out of the folder.</source>
        <translation>
            <numerusform>%n meeting moved out of the folder.</numerusform>
            <numerusform>%n meetings moved out of the folder.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelsSection</name>
    <message numerus="yes">
        <source>an hour of speech takes %n minute(s)</source>
        <translation>
            <numerusform>an hour of speech takes %n minute</numerusform>
            <numerusform>an hour of speech takes %n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PrivacySection</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message numerus="yes">
        <source>The same mistake is in %n past meeting(s).</source>
        <translation>
            <numerusform>The same mistake is in %n past meeting.</numerusform>
            <numerusform>The same mistake is in %n past meetings.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Correct %n place(s)</source>
        <translation>
            <numerusform>Correct %n place</numerusform>
            <numerusform>Correct %n places</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message numerus="yes">
        <source>%n meeting(s)</source>
        <translation>
            <numerusform>%n meeting</numerusform>
            <numerusform>%n meetings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StyleSection</name>
    <message numerus="yes">
        <source>%n edit(s) of yours show it</source>
        <translation>
            <numerusform>%n edit of yours shows it</numerusform>
            <numerusform>%n edits of yours show it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TranscriptEdits</name>
    <message numerus="yes">
        <source>%n line(s) were changed.</source>
        <translation>
            <numerusform>%n line was changed.</numerusform>
            <numerusform>%n lines were changed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>“{name}” is the name in %n meeting(s) now.</source>
        <translation>
            <numerusform>“{name}” is the name in %n meeting now.</numerusform>
            <numerusform>“{name}” is the name in %n meetings now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) were corrected.</source>
        <translation>
            <numerusform>%n place was corrected.</numerusform>
            <numerusform>%n places were corrected.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WelcomeController</name>
    <message numerus="yes">
        <source>an hour of speech takes %n minute(s)</source>
        <translation>
            <numerusform>an hour of speech takes %n minute</numerusform>
            <numerusform>an hour of speech takes %n minutes</numerusform>
        </translation>
    </message>
</context>
</TS>