"""English words of real errors. Written by tests/bench/recognition/train.py.

A slip makes a word that is not here; another message has one that is.
"""

from __future__ import annotations

from typing import Final

WORDS: Final = frozenset(
    """
able aborted aborting about above accept access accessed accessible accessing account
accountgetoauthbearer accounts accurate acl action actions add adding additional addr address
addresses adjusted after again agent agreement album albums algorithm alias all allocate allow
allowed alphabetic already although always and another answer any anyway api apop appear appears
append appending application applied apply approve apt aptitude archive are area argument
arguments artists ascii asurl attach attached attachment attachments attempt attempting
attribute audio auth authenticate authenticated authentication authorityinfoaccess authorization
auto autoclear autocrypt autodiscover autodiscovery automatically autosave avahi available
avatar back backed backend backup backups bad ban base batch battery bcc because been before
begin being below between big binary bios block blocked bluetooth body boltd book bookmarks both
boxes broken browser buddy bug build bulk bus busy but button bytes byurl bzip cache calculate
calendar call calling camera can cancel canceling cannot card catalog categories cause cert
certfetch certificate certificates chain challenge change changed changelog changelogs changes
changing channel character characters charset chat check checked checker checking checks child
choose chroot cipher clamd claws clean cleared click client close closed closing cms code color
column command commands commitmessage communicate communicating communication community compface
complete completed completion compliance component compose compressed computer conf conference
config configuration configure configured confirmation connect connected connecting connection
connections consider consistency contact contacts contain contained contains content contents
context continue control conversation conversion convert converting cookie cookies copy core
correct correction correctly corrupt corrupted could couldn count country crc create created
createitem creating creation credential credentials criteria crl crlnew crlparse crypttab cups
current currently cursor custom daemon dam damaged data database date debian debug debugging
decode decodebin decrypt decrypted decryption default definition definitions delete deleted
deleting deletion delivery denied dependencies dependency description descriptor desktop
destination detailed details detect detected detection determine determining dev device devices
dhcp dialing dialog dictionary did different digests directories directory dirmngr disable
disabled disc discard disconnected disk display displaying distinguished dns document docx does
doesn doing domain don dos down download downloaded downloading dpd dpkg draft drag drive
drivers drop dsa dst due dumpxml dup duplicity during dvd dvi eap ecc editing editor either
element elements email empty enable enabled encode encoded encodedtriple encoder encoding
encrypt encrypted encryption end enough enrollment enter entered entries entry enveloped eos
errno error errors esk establish established etc event evolution ews example exceeded exceeds
exception exchange executable execute executing execution exist existing exists exit exited
expected expired expiry export exporting expression expressions external extract facebook fail
failed fails failure fairly false faq farsight fatal fcntl featured feed feeds fetch fetching
field file filename files filesystem filter filtering finalize finch find fingerprint
fingerprints firmware first fix flag flags flatpak flickr flock flowed folder folders following
for forbidden force fork format formatting formed forward found fpcopyfile free frequency fresh
from fstab fts full function gallery gdata general generate generated generation geometry get
getting giostreamsink give given glade gnome gnupg gpg gpgme gprs greeting group grouping groups
gstreamer guest guid gvfsicon hand handle handled handler happened hard hardware has hash have
head header height helo help helper hence here hex hint home hook host hostname hotspot hour
hovered how however html http icon identifier identify identity idle idn ignore ignored image
imap immediately implement import important imported importing include included including
incoming incorrect incorrectly increasing index indicates info information initialize
initializing initiate inline input inputtoken install installation installed installer
installing instance instead insufficient integer interface internal internet interrupted into
invalid ipod irc issue issuer item items its itself jid job join json junk kde keep key keyboard
keylistnext keyliststart keyring keys keysigpacket kill kiosk know ksba label large last later
launch layout ldap ldif leap learning least left length level libdvdcss libetpan libgnome
library libvirt like likely limit line link links list listen listicon listing lists load loaded
loading local locale locate location locations locator lock locked locking log logging login
long longer look lookup loop loss lost low made magnatune mail mailbox maildir main make
malformed malicious managed manager manually many mark marked marking markings match matching
maximum may maybe mbox mdns mdnsresponder means mechanism media meeting memory menu merge
message messages metadata method methods might migrating mime mimecontent miner miners minimum
minute mismatch missing misspelled mixmaster mobile mode modifications modified modify monitor
monster more most motd mount mounting mouse move moved movemail movie moving msginfo mtp mtu muc
multi multiarch multipart multiple music musicbrainz must mutt name named names nautilus ncurses
necessary need needs network networks never new newline news newsgroup next nextcert nick nntp
non none not note notes nothing notification notifications now null number numeric oaburl object
observe obtained occurred ocsp off official offline offset old one online only oops open opened
opening openpgp opensubtitles openvpn operating operation opml option options order origin
original other our out output over override overwrite ovirt own ownership package packagekit
packages packageview packets page pager pair parent parse parsed parseinsert parser parsing part
partition parts passphrase passphrases password passwords paste path pattern patterns pdf peap
pep perform performed performing perhaps period perl permanently permission permissions
permitted person pgp phone photo photos php pin pine ping pipe pipeline piwigo pixmap pka pkcs
place places play playback playbin played player playlist please plugin plugins podcast point
pointing policy pool pop port ports position possible possibly post pounce power ppd ppp pre
preferences prefscommon prepare prevented preview primary print printer privacy private probably
problem problemresolver problems proc process processing profile program programs project
properly properties property proposed protocol provide provided provider provides proxy psk pty
public publishing puk punycode purge python qemu query querying queue queued quit quotation
rajce range rate raw rcpt read readable reader reading readme reallocated really reason reasons
receive received recent recipient recipients recognized recommended reconnect record recover
recoverable recovered redirection reedah refer refresh refused regexp register regular reject
rejected release remote remove removed removing rename renamed renaming render reopening
repairing replace replacing replaygain reply report reported repository request requested
required requires resolution resolve resolver resource respond response restarted restic restore
restored restoredefault restricted result results resume retrieve retrieved retrieving return
returned revert revocation revoke rfc rhythmbox role room root rssyl run running safety sales
same sametime sasl save saved saving scan scanning scheme screen screens screenshot script sdo
search searchcontacts searching second seconds secret secure security see seek seeking seems
seen select selected selection selections self selinux send sender sending sensible sent server
service services session set setreader setting settings sgroup shared shell short shortcuts
shotwell should show shred side sieve sign signature signatures signed signer signing silc since
size skipped smaller smart smimeenckeyprefs smtp snippets socket software solution solutions
solve some something song soon sorry sort sorting source sources space spamassassin spamd spawn
specific specified specify spell spice spool ssh ssl standard standby stanza start started
starting starttls state static station statistics status stdin steplimit still stls stop storage
store stored stream string structure style subject subkey subprocess subscribe subscribing
successfully such sudo summary supplied support supported sure swap switch symbolic symlinks
synaptic sync syncing syncmailbox syntax system tag tagged tags take taken takes taking tampered
tanaka target targetname task tcp technical temp tempfiles template temporary term terminal test
text than that the them theme then there these they third this thread through thunderbolt time
timed timeout times timestamp title tls tmp tofu toggle too tool tor totem touchscreen trace
track tracker trailing transcode transfer transfers trash tree true truncated trust trusted try
trying ttls tumblrpublisher tun tuning twice type typed udev udisks udma uid uidl uids unable
unavailable understand undone unexpected unexpectedly unhook unicode uniform universe unix
unknown unload unlock unmount unmounting unreachable unread unrecognized unsigned unsubscribe
unsupported until untrusted unused update updates updating upgrade upgrades uri uris url urn
urns usb use used user username users using usually utf util uuid valid validate validated
validating value values vcard vcards vendor vendors verification verified verify version
versions very video videos view vinagre virsh virtual vnc volume vpn wait want warn warning was
wasn way web webcal webdav website welcome well went wep were what when where whether which
while whose why will window with within without won word work working would wpa wrapper write
writing written wrong xhdr xlsx xml xmpp xover xslt yes yet you your yourself youtube zero zone
""".split()
)
