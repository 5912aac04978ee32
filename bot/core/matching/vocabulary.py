"""Words of real errors, as read. Written by tests/bench/recognition/train.py.

A slip makes a word that is not here; another message has one that is.
"""

from __future__ import annotations

from typing import Final

WORDS: Final = frozenset(
    """
aan able abort aborted aborting about above absolute accept access accessed accessible accessing
accesstype accidental account accountgetoauthbearer accounts accurate acl acquire action actions
activated activating active actual add adding additional addon addr address addressbook
addresses adjusted adjustments adjusts admin administration administrators advised affect
affiliate after again against agreement album alert algorithm alias alignment all allocate
allocating allocation allow allowed allows allupgrade alphabetic already also alter altered
alternate although always ambiguous analyze ancestor and android anonymous another answer any
anymore anyway api apop appear appears append appending applicable application applications
applied applies apply appointments appropriate approve apps apt aptget aptitude arch
architecture archival archive are area arent argument arguments arrived article artist ascii
asked asperity asurl atlantic attach attached attaching attachment attachments attachmessage
attempt attempting attribute audio audited auth authenticate authenticated authenticating
authentication authenticity authorityinfoaccess authorization authorize auto autoclean autoclear
autocompletion autocrypt autodiscover autodiscovery automatic automatically autosave avahi
available avatar avoid away back backed backend background backup backups bad ban banlist bar
base batch batchmode battery bcc because become been beep before begin behavior being believe
below between beware beyond big binary bind binding binds bios blanks block blocked blocking
bluetooth body bogofilter boltd book bookmark bookmarks books boolean booting both box boxes
boxess bracket broadband broke broken broker browse browser bsfilter buddy buddylist bug build
builddepends builtin bulk busy but button bytes byurl bzip cache caching calculate calculating
calendar calendars calibration call caller calling camera can cancel canceling cannot
canonicalize cant capabilities card catalog cause caused causing cdrom cert certain certfetch
certificate certificates chain challenge change changed changelog changelogs changes changing
channel character characters charset chat chatrooms check checked checker checking checks
checksums child children choose choosing chroot cipher claims clamd class claws clean cleaning
cleared clearing click client close closed closehook closing cmdline cmodes cms code codecs
collections colon color colors column comma command commands commitmessage common communicate
communicating communication communications community compface compilation complete completed
completely completion compliance component components compose composed composing compressed
computer computers concerned condition conf conference config configuration configurations
configure configured confirmation conform connect connected connecting connection connections
connnect consider considered consistency construct construction consuming contact contacts
contain contained contains content contents context continue continuing control controllers
controls conversation conversion convert converted converting cookie cookies copied copy copying
copyormove core correct corrected correction correctly corrupt corrupted corruption cost could
couldnt count country counts cow crc create created createitem creating creation credential
credentials criteria crl crlnew crlparse crls crypttab cups current currently cursor custom
daemon dam damage damaged data database date dates days dbus debian debug debugging decide
decode decodebin decoding decrease decrypt decrypted decryption default defined definition
definitions delegates delete deleted deleting deletion delivery denied deny dependencies
dependency dependent descendants description descriptor desktop destination detached detailed
details detect detected detection determine determined determining dev development device
devices dhcp dialing dialog dictionary did died different digest digests digits direct directly
directories directory dirmngr disable disabled disablesnippets disabling disc discard discarded
discarding disconnect disconnected discovery disk display displayed displaying dist
distinguished dns dnssd document docx does doesnt doing domain dont dos dot down downgrading
download downloadable downloaded downloading downloads dpd dpkg draft drag drive drivers drop
dropped dsa dst due dumb dumping dumps dup duplicate duplicity during dvd dvi each eap eapfast
eapleap eapmethod eappeap eaptls eapttls ease eastern ecc edit editing editor effect either
ejected ejecting electrical element elements email emails empty enable enabled enabling enchant
encode encoded encodedtriple encoder encoding encountered encrypt encrypted encrypting
encryption end endoffile ends english enough enqueue enroll enrollment enter entered entering
entries entry enveloped envelopeddata eos erase errno error errors esk essential establish
established etc evaluation even event ever everyone evolution ews exact exactly example exceeded
exceeds exception exchange exclude exclusive executable execute executing execution exist
existed existing exists exit exited exiting expand expected experience expiration expired expiry
explain export exportable exported exporting express expression expressions expunge expunging
extension external externalbody externally extract extracted extracting face facebook faces fact
factory fail failed fails failure failures fairly faked falling false faq farsight fatal faulty
fcntl feature featured feed feeds fetch fetched fetching field file filename files filesystem
filter filtering finalize finch find finds findver fingerprint fingerprints finish firewall
firmware first fit fix fixed flag flagged flags flat flatpak flickr flock flowed flyingheight
focuses folder folders follow followed following font for forbid forbidden forbids force forcing
forever forget fork format formatting forward forwarding found four fpcopyfile fragment free
freebusy frequency fresh from fstab fts full fullbody fullresolver fullscreen fullupgrade
function functionality functions further future gallery game gaming gateway gdata general
generate generated generating generation geometry get getrootcommand getting giostreamsink give
given giving glade global gnome gnomeboxes gnupg gone good gpg gpgagent gpgme gprs granted
graphic greeting group grouping groups gstreamer guest guid gvfsicon hand handle handled handler
handling handmade hands handshake happen happened hard hardware has hash hasnt have head header
headers heads height held helo help helper hence her here hex high highlighting hint hints his
history hit hold home hook host hostname hosts hotspot hour hovered how however html http icon
identifier identify identity idle idn ignore ignored ignoring image imap immediately impact
implement implementation implementing implies import important imported importing inactive
inadequate inbox include included including incoming incompatibility incomplete incorrect
incorrectly increase increased increasing independently index indexes indicated indicates
individual individually infinite info information init initialize initializing initiate
initiation inline input inputtoken insecure insertion inside install installation installed
installer installing instance instead instrument insufficient integer intended interacting
interactive intercepted interface intermediate internal internet interpret interrupted
interruption into invalid invitation invite ipod irc irrecoverably isnt issue issuer issues item
items its itself jid job jobs join joining jpilot json junk just kde keep keepall keeping key
keybinding keyblock keyboard keyboards keylength keylistnext keyliststart keyring keys
keysigpacket keyword kick kill killed kind kioskquit know known ksba label lacks language large
last later launch launched layout ldap ldif leads learning least leave leaves leaving left
length less level libdvdcss libetpan libgnome libraries library libvirt liferea like likely
limit limitation limited line lines link links list listen listening listicon listing lists load
loaded loading loads local locale locally locate located location locations locator lock locked
locking log logged logger logging logical login logs long longer look looking looks lookup loop
loss lost low lower luck lyrics machine made magic magnatune mail mailbox mailboxes maildir
mails main make malformed malicious managed management manager manual manually many map mapping
mark marked marking markings marks master match matched matches matching maximum may maybe mbox
mdns mdnsresponder mean means measuring mechanism media meeting memory menu merge message
messages metadata method methods mice might migrating milliseconds mime mimecontent
mimeencapsulate mimetype mine miner miners minimal minimum minute miscellaneous mismatch missing
misspelled mixed mixmaster mixmasters mobile mode modifications modified modify monitor
monitoring monster mood more most motd mount mountable mounted mounting mountpoint mounts mouse
move moved movemail movie movies moving msg msgdialog msginfo mtp mtu much multiarch multibyte
multipart multiple multizone music musicalbums musicartists musicbrainz must mutt name named
names nametemplate nautilus navigate ncurses necessary need needs negotiation network networking
networks never nevertheless new newline newly newmail news newsgroup newsgroups next nextcert
nick nntp node none nonmuc nonrecoverable nonrfc nonzero normal not note notes nothing
notification notifications nova now null number numeric oab oaburl object observe obtain
obtained occasionally occur occurred occurs ocsp off office official offline offset offtrack old
older once one ones online only ontario onthefly onto oops opaque open opened opening openpgp
openssl opensubtitles openvpn operating operation operators opml ops option options order
orientation origin original other others our out outofdate output outputs over overflow override
overwrite ovirt own owned owner ownership pac package packagekit packages packageview packet
packets page pager pages pair pane panel parameter parent parental parse parsed parseinsert
parser parsing part partial particular partition partitions parts passcode passphrase
passphrases password passwords paste path pattern patterns pause paused pdf peer pem pep perform
performance performed performing perhaps period perl permanently permission permissions permit
permitted persists person personal pgp phone photo photos php pid pin pine ping pipe pipeline
piwigo pixels pixmap pka pkcs place places planning play playback playbin played player playlist
playlists please plugin plugins podcast podcasts point pointing policy pong pool pooldumpxml pop
popup port ports position positioning positive possible possibly post posting potential pounce
power powering powers ppd ppp prefer preferences prefix prefscommon preparation prepare
prereading presented press prevent prevented preview previews primary print printable printer
printing privacy private privatekey probable probably problem problemresolver problems proc
proceed process processing profile profiling program programs progress project promote properly
properties property proposal proposed protect protection protocol provide provided provider
provides proxy psk pty public publickey publicly publish publisher publishing puk punycode purge
purged purgeunused purposes put python qemu quebec query querying question queue queued quit
quota quotas quotation quote quoted quotes rajce range rate rating raw rcpt read readable reader
reading readme readonly ready reallocated really realm reason reasons rebuild receive received
recent recently receptacle recipient recipients recognized recommended reconnect reconnected
reconnecting record recover recoverable recovered recovering recovery recursively recycle
redirect redirected redirecting redirection redistribute redownloading reedah reenable reenter
refer reference referenced refine refresh refreshing refused regain regexp register registration
regular reinstall reject rejected release reload remain remaining remapped reminder remote
remotely removal remove removed removes removing rename renamed renaming render rendering reneg
reopening repaired repairing replace replacing replaygain reply replying replyto report reported
repositories repository represent request requested requests require required requires reserved
resetting residual resize resizing resolution resolve resolver resource resources respond
responded response restart restartable restarted restic restore restored restoredefault
restoring restricted result results resume resumed resuming retrieval retrieve retrieved
retrieving retry return returned reverse revert reverting revocation revoke rfc rhythmbox rng
roaming role room root rotated row rssyl rules run running runtime safely safety sales same
sametime sasl satisfy save saved saving scaling scan scanner scanners scanning schema scheme
scotia screen screener screens screenshot script sdo search searchcontacts searching second
seconds secret sector sectors secure security see seek seeking seem seems seen select selected
selection selections selects selfsignature selfsigned selftest selinux sell send sender sending
sendto sensiblepager sensor sent server servers service services session set setreader sets
setting settings setup several sgroup share shared sharepoint shell shipped shock short
shortcuts shorter shotwell shotwells should shouldnt show showing shown shred shutdown side
sieve sign signal signature signatures signed signer signers signing silc since site size sizes
skipped slideshow slot slow small smaller smart smiley smimeenckeyprefs smtp snapshot socket
software softwarecategories solution solutions solve some something song soon sorry sort sorting
source sourcepackage sources sourceversion space spaces spamassassin spamd spare spawn special
specific specification specified specify spell speller spice spindown spool ssh ssl standard
standby stanza start started starting starttls startup stat state static station statistics
stats status statusfull stdin step steplimit still stls stop stops storage store stored stream
streams string structural structure stuff style stylesheet subdirectory subexpressions
subfolders subject subkey submission submitting subprocess subscribe subscribing substructure
subsystem succeeded successes successfully such sudo sufficient suggested suitable summary super
superuser supplied support supported supporting sure surface susceptible swap switch switched
switching symbolic symlink symlinks symmetric synaptic sync synchronize syncing syncmailbox
syntax system systemflag systems tab table tag tagged tagging tagless tags take taken takes
taking tampered tanaka target targetname task tcp technical temp tempfiles template templates
temporary ten term terminal terminate termination text than that the their them theme then there
thermal these they third thirdparty this thorough those thread threading threadsafe through
thumbnail thunderbolt thus time timed timeout times timestamp tip title tls tmp tofu toggle too
tool tools topic toplevel tor totem touchscreen touchscreens trace track tracker tracks trailing
transaction transcode transfer transferring transfers transmission transport trash tree true
truncated trust trusted trustlevel try trying tumblrpublisher tun tuning tunnel tunneling turn
turning tweak twice two type typed types udev udisks udma uid uidl uids unable unavailable
uncancellable undefined under understand undone unexpected unexpectedly unfulfilled unhook
unicode uniform uninitialize unique universe unix unixdomain unknown unless unlikely unload
unloading unlock unlocked unmarked unmodified unmount unmounted unmounting unpack unparsable
unreachable unread unrecognized unrecoverable unresolved unsafe unsigned unspecified unsubscribe
unsubscribing unsupported until untrusted unusable update updated updates updating upgrade
upgraded upgrades upon uri uris url urn urns usable usage usb use used useful user userid
username users usertag usertags using usually utf util utility uuid valid validate validated
validating validation validity value values vcalendar vcalender vcard vcards vendor vendors
vendorspecific verb verification verified verify verifying version versions very video videos
view vinagre virsh virtual virtualization visual vnc volume vpn vpnc wait waiting wake want warn
warning was wasnt waste watch way weather web webcal webcam webcams webdav website weirdness
welcome well wellformed went wep wepkey were what when where whether which while who whole whose
why whynot widecharacter widgets wifi will window wireless wish with within without wont word
words work working works would wpa wpaeap wpapsk wrapper writable write writing written wrong
wrongly xhdr xlsx xml xmpp xover xslt yes yet you your youre yourself youtube zerolength zone
アイコン アイコンキヤシシユ アイコンフアイル アイテム アカイバル アカイブ アカイブヘ アカウント アカウントウイザド アカウントエデイタ アカウントサビス アカウントリスト アクシヨン
アクシヨンリスト アクセス アクセスポイント アクテイブ アクテイベシヨン アシプグレド アシプデト アシプデトサビス アシプデトフシク アスキ アタシチ アテイスト アドオン アドレス
アドレスインデシクス アドレスインデシクスフアイル アドレスグルプ アバタ アバタヘシダ アプリケシヨン アメリカ アルゴリズム アルバム アンマウント アンロド イジエクト イベント イメジ
イメジフアイル イメジフオマシト インクタンク インクルド インストラ インストル インストルメデイア インストルロシク インタネシト インタネシトアクセス インタラクテイブ インデシクス
インデシクスフアイル インプシトメンシド インポト インポトエラ インライン ウインドウ ウインドウクロズフシク ウエイクアシプ ウエブカム ウエブカメラ ウエブサイト
ウエブサイトコドリポジトリ ウエブサバ エクスポト エジエント エデイタ エデイタインスタンス エデイタプラグイン エラカレンダ エラカレンダパト エラキヤシシユ エラコド エラコマンド
エラサバ エラステタス エラスパユザ エラゼロ エラダイアログ エラダウンロド エラテマステタス エラデフオルト エラフアイル エラメシセジ エラメモリ エラログイン エリア エレメント
エンコダ エンコダヘ エンコデイング エンコデイングエラ エンコド エンコドオプシヨン エントリ オデイオ オトコンプリトフシク オフセシト オフトラシクエラ オフライン オフラインアドレス
オフラインスイシチフシク オフラインモド オブジエクト オプシヨン オプシヨンコド オプン オペレテイングシステム オペレテイングシステムアシプデト オリジナル オンタリオ オンライン
カアキテクチヤ カウント カエラ カスタムシヨトカシト カスタムシル カスタムヘシダ カタイムアウト カタログ カデイレクトリ カデタ カデバイス カフアイル カフオルダ カプセル カミス
カメラ カラスキム カラマネジメント カレンダ カレンダオブジエクト カレンダコンポネントタイプ カレント カンマ カンル キシク キバインドグルプ キパスフレズ キボド キヤシシユ
キヤシシユエントリ キヤシシユストリム キヤシシユデイレクトリ キヤシシユフアイル キヤリブレシヨン キヤンセル キユヘ キリング キリングヘインポト キワド クエリ クオタ クシキ
クシキハンドラサビス クライアント クリア クリシク クロズ グラフイシク グラフイシクサバ グラフイシクス グリテイング グルプ グロバルンケシト ケベシク ゲトウエイ コアダンプ コスト
コデシク コマンド コマンドヘ コマンドライン コミユニケシヨンエラ コミユニテイ コレクシヨンフオルダ コロン コンストラクトプロパテイ コンテキスト コンテンシ コンテンシタイプ
コントロラ コンパイル コンピユタ コンポネント サイズ サイズタグ サイト サインイン サバエラ サバサイドプライバシ サバサイドリスト サバプログラム サバヘ サビス サビスデイスカバリ
サビスレコド サブシステム サブジエクト サブスクライブ サブフオルダ サポト サマリ サマルアスペリテイ シグナル システム システムダウンロド システムロシク シヨシクセンサ シヨトカシト
シリタイトル シンボリシクリンク ジヤンクフオルダヘメシセジ ジヤンクメシセジ ジヨブ スイト スキシプ スキマ スキム スキヤナ スキヤン スキヤンサイズ スクリプト スクリンシヨシト
スクリンシヨシトサイズ スタイル スタイルシト スタト スタンバイタイムアウト ステシプ ステタス ストリム ストリムフアイル ストリムヘ ストリムヘシダ ストレジプル スナシプシヨシトヘ
スニペシト スピンダウン スプルフアイル スプルフオルダ スペア スペシヤル スペス スペルチエシカ スペルミス スマイリ スレシド スレシドセフ スロシト セキユア セキユリテイ
セキユリテイアシプデト セキユリテイレイヤ セキユリテイレベル セクタ セシシヨン セシト セシトアシプ セルフテスト タイトル タイプ タイムアウト タイムアウトアイコン
タイムアウトオプシヨン タイムスタンプ タイムゾン タゲシト タシチスクリン タシチスクリンサポト タスク ダイアログ ダイジエスト ダイレクトモド ダウン ダウングレド ダウンロド
ダウンロドエラ ダウンロドデイレクトリ チエイン チエシク チエシクサム チエン チヤシト チヤシトルム チヤネル チヤンネル チヤンネルモド テキスト テキストデタ テスト テブル
テマデイレクトリ テンプレト テンプレトフアイル テンプレトリスト テンポラリ テンポラリフアイル デイスク デイスクイメジ デイスクサイズ デイスクリプタ デイストリビユシヨン デイスプレイ
デイレクトリ デコド デコドエラ デスクトシプエントリ デスクトシプサポト デスクトシプスライドシヨ デタアドレスマク デタオブジエクト デタサブデイレクトリ デタブシク デタベス
デタベスバジヨン デタベスフアイル デタンス デバイス デバイスエラ デバイスヘ デバイスンケシト デバシグ デバシグウインドウ デフオルト デモン デモンヘ トシプレベル トピシク トライ
トラシク トランザクシヨン トレス トンネリング トンネル ドキユメント ドキユメントヘ ドシト ドメイン ドメインヘ ドメインンケシト ドライバ ドライブ ドラシグ ドラシグドロシプ
ドロシプ ニシクネム ニユス ニユスグルプ ニユスストア ネゴシエシヨン ネシトワク ネシトワクインタフエス ネシトワクエラ ネシトワクサバ ネシトワクプロトコル ネシトワクヘ ノバスコシア
ハイライト ハシシユ ハシシユアルゴリズム ハドウエア ハドデイスク ハンドシエイク ハンドラ ハンドル バイト バイナリ バインド バグデタベスヘ バグレポト バシクアシプ
バシクアシプアプリ バシクアシプフアイル バシクエンド バシチモド バシテリ バジヨン バジヨンヘ バルク パイプ パイプライン パケシト パサドキユメント パシケジ パシケジキヤシシユ
パシケジフアイル パシケジヘシダ パシケジマネジメントアプリケシヨン パシケジマネジヤ パスエラサバ パスコド パスフレズ パスワド パスワドエントリ パタン パテイシヨン パテイシヨンタイプ
パテイシヨンフラグ パネル パフオマンス パブリシクフオルダ パブリシシヤ パミシシヨン パラメタ ヒント ヒントリサイクル ビジユアルインタフエス ビデオ ピクセル フアイアウオル フアイル
フアイルインポト フアイルインポトエラ フアイルエラ フアイルサイズ フアイルシステム フアイルシステムヘ フアイルタイプ フアイルパス フアイルパト フアイルフオマシト フアイルフオルダ
フアイルヘ フアイルマシピング フアイルマネジヤ フアイルレコド フアクトリ フアムウエア フイド フイドエクスポトフアイル フイドエクスポトリスト フイドリスト フイルタ フイルタプロセス
フイルタリング フイルド フオク フオトライブラリ フオマシト フオマシトエラ フオルダ フオルダアイテムアシプデトフシク フオルダアシプデトフシク フオルダクラス フオルダサビス
フオルダサマリ フオルダシリ フオルダタイプ フオルダヘ フオルダヘコンタクト フオルダヘメシセジ フオント フシク フラグ フラグメントサイズ フラシト フルアクセス フルスクリン
フルスクリンモド フルデバシグ フルネム フルパス ブシクマク ブシクマクフアイル ブラウザ ブランク ブリアン ブロシク ブロシクデバイス プライバシシステム プライバシポリシ
プライバシリスト プライベトグルプヘ プライマリ プラグイン プラグインフアイル プリンタ プレイヤ プレイリスト プレビユ プレビユアプリケシヨン プロキシ プロキシサバ プロキシタイプ
プロキシホスト プログラム プロジエクト プロセス プロセスオプン プロトコル プロトコルエラ プロトコルエラサバ プロトコルヘ プロバイダ プロパテイ プロフアイル ヘシダ ヘシド
ヘバシクグランド ヘフアイル ヘメシセジ ヘルプ ヘルプフアイル ヘログイン ベリフアイ ベンダ ベンダブロシク ペアリング ペアレンタルコントロル ペイン ペジサイズ ペジヤ
ホシトスポシトモド ホスト ホストエラ ホストキ ホストヘ ホムデイレクトリ ホムフオルダ ボタン ボリユム ポインテイングデバイス ポイント ポシドキヤスト ポスト ポリシ マウス マウント
マウントポイント マシチ マシチパタン マシプ マシン マジシク マネジヤ マルチバイト マルチパトメシセジ ミテイング ミテイングリクエスト メインウイジエシト メインウインドウ
メインデイレクトリ メカニズム メシセジ メシセジエラ メシセジキヤシシユフアイル メシセジストリム メシセジタイプ メシセジダイジエスト メシセジテンプレト メシセジパト メシセジフアイル
メタデタプロキシ メデイア メデイアプレイヤ メニユ メモリ メルアドレス メルエイリアス メルフアイル メルフイルタリングフシク メルボシクス メルボシクスシリ メンシド メンシドフアイル
モドリダ モバイル モバイルサポト モバイルブロドバンド ユザインタフエス ユザタグ ユザマニユアル ライブラリ ラジオ ラジオステシヨン ラジオステシヨンヘ ラベル ランタイム ランチヤ
リアキテクチヤ リエラ リカメラ リクエスト リシステム リステイング リスト リストア リストヘ リセシト リタンコド リダイレクシヨン リダイレクト リダイレクトテンプレト
リダイレクトメシセジ リネム リバスコネクシヨン リフアイン リフレシシユ リポジトリ リポジトリダイアログ リマインダ リマシピング リモト リモトサバ リモトデスクトシプサバ
リモトフアイル リモトフオルダ リモトホスト リモトホストヘキ リモトリンス リリスフアイル リンク リンス リンスヘ ルシクアシプ ルトフオルダ ルプデバイス ルムハンドル レイアウト
レコド レゾルバプロセス レビユ レベル レルム ロカル ロカルフアイル ロカルフアイルシステム ログイン ログテキストフシク ログフアイル ログレベル ロケル ロシキングヘルパ
ロシキングヘルパパイプ ロシク ロシクフアイル ロミング ロルタイプ ワイドキヤラクタ ワイヤレスデバイス ンケシト ンケシトエラ ンスコド ンスフアイル ンスプラグイン ンフトウエア
ンフトウエアベンダ ンフトウエアリポジトリ 一切不可 一度 一度実行 一度有効 一度試 一時 一時停止 一時固定 一杯 一致 一般的 一覧 一覧表示 一部 上書 上限 下半分 下書 不一致
不具合 不可 不可能 不可解 不在設定 不完全 不整合 不明 不正 不正動作 不測 不能 不許可 不足 両方 中断 中止 中間 主張 予定 予期 予約領域 事態 互換性 交換 人物 他雑多
付与 付属 代替辞書 以上 以上含 以下 以外 以降 仮想 仮想化 仲間 仲間通知 件名 任意 会話 会議 位置 位置決 余裕 作成 作成中 作成先 作成時 作業 作業用 使用 使用不可
使用中 使用可能 使用量 例外 依存 依存問題 依存関係 便利 保存 保存中 保存先 保存場所 保存後 保存時 保存領域 保管 保護 信用 信用度 信頼 信頼性 修復 修復中 修正 個人
個人情報 個別 候補 値現在 停止 停電 充分 先読 入出 入手方法 全体 全員 全文検索 全機能 全般 公式 公衆 公開 公開中 公開鍵 共有 共通 共通鍵 内容 内部 再入 再実行 再帰的
再度試 再接続 再構築 再生 再生位置 再生成 再生状態 再試行 再読 再起動 再開 写真 写真動画 処理 処理中 出所 分前 分析 分類規則 切断 切断通知 切替 初期化 初期化中 判断
判断中 別名 利用 利用可能 到着 到達 制御 制御構造 制限 制限内 削除 削除中 削除時 副鍵 副鍵署名 効果 動作 動画 区別 匿名 十分 単語 印刷 印刷範囲 原因 原因不明 参加
参照 双方 反映 収集 取得 取得中 受信 受信用 受信箱 受信者 受領情報 可能 可能性 合格 同一人物 同名 同定 同意 同時 同期 同期中 名前 名前変更 名表示 向上 呼出側 問題
四半期 四半期内 四半期型 回会話 回復 回復不能 回数 回目 回答 回転 回追加 固定 固有値 国呼 圧縮 在席 地域 地点 地雷 基本 報告 場合 場合中止 場合悪意 場所 場所絶対 増加
売却 変換 変換失敗 変更 変更中 変更内容 変更履歴 変更後 外部 大量 大量修正 大量変更 天気 失効 失敗 失敗不正 失敗認証 妥当 妥当性 妨害 存在 学習 学習中 安全 完了 完全
完全削除 定義 宛先 実体 実施 実施中 実行 実行中 実行可能 実行形式 実装 実際 容量 寄付 対処 対応 対象 対象外 専用 展開 展開中 展開先 属性 履歴 差出人 帳形式 年以降
廃止 引数 引用 引用符 強制 強制的 強制終了 形式 影響 役割第 復元 復号 復号化 復号鍵 復帰 復旧 徹底 必要 必須 応答 応答内 悪意 情報 想定外 意味 意図 成否 所有 所有者
手動 承認 承諾 技術的 抹消 拒否 招待 招待状 拡張 拡張子 括弧 指定 指紋 指紋情報 指紋認証 挨拶 挿入 排他的 探索 接続 接続中 接続情報 接触 接頭部 推奨 提供 提供元 提案
提示 損失 操作 改行文字 故障 数値 数値型 数字 整合性 整形式 整数 整理 文字 文字以外 文字列 文字未満 文字目 文書 文法 新着 新規 方法 既存 既定値 既読 日付 日数 明示的
時刻 時間 時間前 時間調整 暗号 暗号化 暗号化鍵 暗号解読 更新 更新中 更新可能 更新履歴 書式 最初 最大 最大値 最小 最小限 最後 最新 最適 有効 有効化 有効期限 有無 期待
期限 期限切 未変更 未対応 未指定 未来 未知 未確認 未解決 未設定 末尾 本当 条件 格上 格納 格納場所 検出 検査 検知 検索 検索中 検索名 検索結果 検索表現 検討 検証 検証中
検証方法 楽曲 楽曲情報 概要 構成要素 構文 構文解析 構築 構築後 構造体 構造変更 標準 標準入 権限 権限付与 機構 機能 欠落 歌詞 正常 正確 正規化 正規表現 残量 氏名 永久
永遠 決定 注意 消去 消失 消費 混在 添付 添付内容 添付漏 添字 済現 満杯 準備 準備中 準備完了 準拠 潜在的 無効 無効化 無効化中 無視 無限 焦点 特定 状態 状態不明 状況
独自 獲得 現在 現在信頼 現在利用 現在拒否 現在接続 現地時間 理由 環境変数 生成 用出 用紙 申請 画像 画面 番号 異常終了 発信 発信者 発信要求 発生 発生回数 発生時 発生率
発行 発見 登録 登録数 登録確認 監査 監視 目次 直前 直接開 相手 省略 真偽 破壊 破損 破棄 確保 確定 確立 確認 確認中 禁止 秒前 秒単位 秘密鍵 移動 移動中 移行 種類
積極的 空文字列 空白 突然落 端末 符号化 第三者 算出 管理 管理者 範囲 索引 終了 経路 経過 結合 結果 統計 統計情報 絶対 継続 続行 編集 置換 署名 署名付 署名無 署名確認
署名者 自分 自分自身 自動 自動保存 自動的 自動調整 自己署名 自身 致命的 英字 英語 行文字列 行方不明 行目 行記述子 衝撃 表現 表示 表面 被害 補完 補正 複合 複数 複数回
複製 要求 要素 規則 解像度 解放 解析 解析中 解決 解決方法 解読 解釈 解除 言語 訂正 計測器 計算 記事 記載 記録 設定 設定中 設定値 許可 証明書 詐称攻撃 評価版 試行
該当 詳細 詳細情報 認証 認証中 認証情報 認証手法 認証方法 認証状態 認証用 認識 語句 説明 課題管理 調整 識別 識別名 識別子 識別情報 警告 警告一 警告信用 議事録 質問 購読
購読中 起動 起動以降 起動時 超過 距離 身元 転送 転送中 転送元 転送先 辞書 返信 追加 追加中 追加情報 送信 送信中 送信待 送信情報 送信用 送信者 途中 通信 通信中 通常
通知 連絡 連絡先 進展 進数字 進数表記 進行 適切 適用 適用待 遭遇 遷移 選局中 選択 選択指定 選択用 部分 部屋 配下 配信元 配送 重複 重要 鍵生成 鍵証明書 長過 開始
開始不能 開始中 開発目的 開発者 間夏時間 間違 関数 閲覧 除外 障害 電気的 電源 電話番号 静的 非公開 非常 音声 音楽 項目 領域 領域割 頻度 頻度値 題名 顔検出 高解像度
""".split()
)
