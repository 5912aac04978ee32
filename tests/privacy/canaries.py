"""Secrets and personal data that are nobody's; in ⟦ ⟧ the words that must not be seen again.

The values are made up, or the examples of their makers; the marks also keep scanners of
repositories from taking them for real.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MARKED = re.compile(r"⟦([^⟧]+)⟧")


@dataclass(frozen=True, slots=True)
class Canary:
    """Something somebody pastes without thinking."""

    kind: str
    text: str
    words: tuple[str, ...]
    """None of these may be left."""


_KEY = "PRIVATE KEY-----"
_MARKED = {
    # passwords, as people write them
    "password-ja-is": "パスワードは Kx9-⟦hamabe⟧! です",
    "password-ja-colon": "パスワード：⟦Qr7⟧⟦まつりばやし⟧",
    "password-ja-quoted": "パスワード「⟦kumoizora⟧」で入れません",
    "password-ja-next-line": "パスワード:\nLm3-⟦yukimi⟧",
    "password-ja-pw": "ID: u-4711 / PW: Bq3-⟦kettle⟧",
    "password-ja-full-width": "Ｐａｓｓｗｏｒｄ：⟦Ｎｋ５⟧－⟦ａｚｕｋｉ⟧",
    "password-ja-pin": "暗証番号は⟦739154⟧です",
    "password-ja-code": "認証コードは ⟦604 218⟧ でした",
    "password-en-colon": "password: Vm4-⟦orchard⟧",
    "password-en-is": "my password is ⟦marigold⟧",
    "password-en-changed": "the password was changed to Yh7-⟦copper⟧",
    "password-en-tab": "Password\t⟦Fg6walnut⟧",
    "password-en-option": "mysql --password Ck8-⟦drizzle⟧ -h db",
    "password-en-flag": "sqlcmd -S db -U sa -P Zb2-⟦tundra⟧",
    "password-json": '{"user": "app", "password": "Jn2-⟦saffron⟧"}',
    "password-xml": "<password>Wd5-⟦thimble⟧</password>",
    "password-config": '<add key="SmtpPassword" value="Mx7-⟦bramble⟧"/>',
    "password-env": "export DB_PASSWORD=Rp4-⟦gravel⟧",
    "password-net-user": "net user svc Oq8-⟦clover⟧ /add",
    "password-net-use": r"net use Z: \\fs1\share /user:CORP\svc Hd6-⟦pebble⟧",
    "password-login": "curl -u svc-a:Tz8-⟦lantern⟧ https://api.example.com",
    "password-ja-path-or-not": "パスは⟦Mk4-shigure⟧です",
    "password-ja-login-id": "ログインID yamada パス ⟦Tw6-kogarashi!⟧",
    "password-ja-word": "仮パスワードは⟦asanagi⟧です",
    "password-ja-given": "Wi-Fiのパス「⟦yuukage⟧」が弾かれます",
    "password-ja-next-to": "パスワード⟦Hs2yukidoke⟧で入れません",
    "password-ja-in-parens": "初期パスワード（⟦Uj7shimotsuki⟧）です",
    "password-ja-anew": "パスワードを変えました。新しいのは ⟦Ko8-akatsuki⟧ です",
    "password-ja-pair": "ID/PW は yamada / ⟦Bz5-minamo⟧ です",
    "password-ja-half-width": "ﾊﾟｽﾜｰﾄﾞ：⟦Ep3-koharu⟧",
    "password-ja-wifi-key": "社内Wi-Fiの暗号化キーは ⟦Nd9-hotaru⟧ です",
    "password-ja-pin-beside": "暗証番号 ⟦840617⟧ を入れました",
    "password-en-pw": "pw is ⟦thistledown⟧",
    "password-en-my-pass": "my pass is ⟦elderflower⟧",
    "password-en-whose": "my password for outlook is ⟦Gv7snowdrop⟧",
    "password-en-possessive": "the wifi password's ⟦Xc2-foxglove⟧",
    "password-en-anew": "changed my password, the new one is ⟦Ly9-celandine⟧",
    "password-en-pair": "login with alice / ⟦speedwell2⟧",
    "password-en-creds": "creds are alice:⟦toadflax7⟧",
    "password-en-as-with": "log in as alice with ⟦Bryony!flax⟧",
    "password-en-phrase": 'the passphrase is "⟦teasel burdock sorrel⟧"',
    "password-en-pin": "PIN ⟦937264⟧ does not unlock it",
    # tokens and keys
    "slack-bot": "xoxb-210987654321-⟦abcdefVWXYZ987⟧",
    "slack-app": "xapp-1-A0KJH23L4-4455-⟦d00dfeedbabe⟧",
    "slack-webhook": "https://hooks.slack.com/services/T00000000/B0ZZZZZZZ/⟦qWeRtYuIoP⟧aSdFgHjKlZxCvB",
    "aws-id": "AKIA⟦Q3EGRIPPLE7⟧EXAMP",
    "aws-secret": "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/⟦bPxRfiCYCANARY⟧KEY",
    "github": "ghp_⟦Zm5vYmFyQUJD⟧REVGR0hJSktMTU5PUFFS",
    "github-fine": "github_pat_⟦11CANARY0⟧_abcdefGHIJKL0987",
    "google-api": "AIzaSy⟦D4nDeLi0n⟧XyZ-0123456789abcdefghi",
    "google-oauth": "ya29.a0⟦AfH6SMBdandelion⟧_0123456789",
    "google-refresh": "refresh: 1//0gRefresh⟦Dandelion⟧-L9IrabcdefGHIJ",
    "azure-secret": "client secret value 7xY8Q~⟦aBcDeFgH⟧iJkLmNoPqRsTuVwXyZ01234567",
    "azure-storage": "DefaultEndpointsProtocol=https;AccountName=x;AccountKey=⟦cGVwcGVybWludA⟧==;",
    "azure-sas": "https://logs.blob.core.windows.net/x?sv=2022-11-02&sig=⟦pEpPeR⟧%2Bmint%3D",
    "openai": "sk-proj-⟦aB3dE5fG7⟧hI9jK1lM3nO5pQ7",
    "anthropic": "sk-ant-api03-⟦rS9tU7vW5⟧xY3zA1b",
    "stripe": "sk_live_4eC39⟦HqLyjWDarjt⟧T1zdp7dc",
    "gitlab": "glpat-xYz_⟦ABCdef123⟧4567890",
    "jwt": "eyJhbGciOiJIUzI1NiJ9.⟦eyJzdWIiOiJtYXBsZSJ9⟧.⟦c2lnLW9mLW1hcGxl⟧",
    "bearer": "Authorization: Bearer mApLe.⟦sYrUp⟧-0123456789",
    "basic": "Authorization: Basic ⟦c3ZjOm1hcGxl⟧c3lydXA=",
    "authorization": "Authorization: ApiKey ⟦willow-grove⟧-bark",
    "cookie": "Cookie: theme=dark; session=s%3A⟦bIrCh⟧.bark42",
    "set-cookie": "Set-Cookie: SID=⟦beechnut42grove⟧; HttpOnly",
    "api-key-header": "X-Api-Key: ⟦hazel-9931⟧-thicket",
    "private-key": f"-----BEGIN RSA {_KEY}\n⟦MIIEalder⟧\n-----END RSA {_KEY}",
    "connection-string": "Server=db1;User Id=sa;Password=⟦Cedar-5512⟧;",
    "database-url": "postgresql://app:⟦Spruce-77⟧@db.example.com/x",
    "basic-auth-url": "https://svc:⟦Larch-31⟧@intra.example.com/api",
    "reset-link": "https://id.example.com/reset?token=⟦jUnIpEr⟧-5512",
    "bitlocker": "回復キー ⟦482913⟧-105732-660182-338195-027734-593021-448107-⟦215569⟧",
    # what is somebody's own
    "card": "4111 ⟦1111 1111⟧ 1111",
    "card-plain": "カード ⟦5555555555554444⟧",
    "card-amex": "3782 ⟦822463⟧ 10005",
    "my-number": "マイナンバー ⟦123456789018⟧",
    "iban": "IBAN DE89 3704 ⟦0044 0532⟧ 0130 00",
    "iban-plain": "GB29⟦NWBK6016⟧1331926819",
    "bank-account": "三井住友銀行 渋谷支店 普通 ⟦1928374⟧",
    "social-security": "SSN ⟦078-05-1120⟧",
    "passport": "パスポート番号 ⟦TR7654321⟧",
    "licence": "運転免許証番号：⟦301956728450⟧",
    "born": "生年月日は⟦1984年7月23⟧日です",
    "bank-account-ja": "口座は普通 ⟦2819374⟧ です",
    "bank-post": "ゆうちょの記号 10940 番号 ⟦38471926⟧",
    "bank-account-en": "account # ⟦55820174⟧",
    "bank-sort-code": "sort code ⟦40-62-91⟧",
    "bank-routing": "routing number ⟦071920384⟧",
    "employee-ja": "社員番号は⟦A-208417⟧です",
    "employee-en": "Employee ID: ⟦E730918⟧",
    "employee-no": "employee no. ⟦6620914⟧",
    "badge": "my badge number is ⟦7741903⟧",
    "member-ja": "会員番号 ⟦30918277⟧",
    "phone-mobile": "電話は090-⟦5551-7320⟧です",
    "phone-office": "内線ではなく 03-⟦5551-8841⟧ へ",
    "phone-abroad": "+81 90 ⟦5551 2277⟧",
    "phone-plain": "携帯 ⟦08055519034⟧",
    "postal-address": "〒⟦150-0041⟧ 東京都渋谷区⟦神南⟧9-8-7",
    "postal-address-short": "横浜市西区⟦みなとみらい⟧2-9-8",
    "postal-address-en": "742 ⟦Evergreen Willow⟧ Road, Springfield",
    "postal-address-drive": "I live at 12 ⟦Cinnabar⟧ Drive",
    "postal-address-way": "7 ⟦Persimmon⟧ Way",
    "postal-address-place": "221B ⟦Larkspur⟧ Place",
    "postal-address-court": "48 ⟦Verbena⟧ Court, Apt 5",
    "postal-address-lane": "14 ⟦Tamarisk⟧ Lane, ⟦Norwich NR1⟧ 4QZ",
    "postal-address-terrace": "19 ⟦Ashgrove⟧ Terrace",
    "postal-address-square": "5 ⟦Juneberry⟧ Square",
    "postal-address-parkway": "900 ⟦Quillwort⟧ Parkway, Suite 210",
    "postal-address-small": "my address is 12 ⟦camellia hollow⟧ drive",
    "mail": "⟦hanako.canary⟧@example.co.jp",
    "mail-full-width": "⟦ｈａｎａｋｏ⟧＠ｅｘａｍｐｌｅ．ｃｏ．ｊｐ",
    "home-folder": r"C:\Users\hanako.⟦tsubaki⟧\AppData",
    "name-san": "⟦柊木⟧さんに聞きました",
    "name-form": "氏名：⟦榊原⟧ ⟦椿子⟧",
    "name-sign-off": "よろしくお願いします。\n⟦葛西⟧",
    "name-dear": "Dear Ms. Wilhelmina ⟦Quince⟧,",
    "name-regards": "Best regards,\nBarnaby ⟦Thistlewood⟧",
    "name-form-line": "氏名: ⟦椿原 梓⟧ 様",
    "name-form-table": "氏名　⟦椎葉　蓮⟧　所属　営業部",
    "name-form-en": "Name: ⟦Thaddeus Bramwell⟧ (Sales)",
    "name-from": "From: ⟦Cordelia Fenwick⟧ <x@example.com>",
    "name-from-ja": "差出人: ⟦鴻巣 悠⟧",
    "name-dear-line": "Dear ⟦Ignatius⟧ I cannot open it",
    "name-sama-yori": "⟦轟木⟧様より連絡がありました",
    "name-rank": "⟦鵜飼⟧部長より伺いました",
    "name-in-charge": "担当:⟦蓬莱⟧",
    "name-in-charge-of": "担当：経理部 ⟦鹿内⟧",
    "name-reported": "Reported by ⟦Perpetua Oakes⟧",
    "name-romaji": "⟦kuzunoha⟧-san knows it",
    "name-thanks": "Thanks, ⟦Leocadia⟧",
    "name-my-name": "My name is ⟦Benedikta Stroud⟧ and it fails",
    "name-at-work": "情シスの⟦雁金⟧です",
    # one without its end takes with it whatever follows
    "private-key-cut": (
        f"-----BEGIN OPENSSH {_KEY}\n⟦b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ⟧\n⟦AAAArowan⟧"
    ),
}
CANARIES = tuple(
    Canary(kind, MARKED.sub(r"\1", marked), tuple(MARKED.findall(marked)))
    for kind, marked in _MARKED.items()
)
