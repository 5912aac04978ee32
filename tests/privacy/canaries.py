"""Secrets and personal data that are nobody's, each with the words that must not be seen again.

The values are made up, or the examples of their makers. Some are put together from pieces, so that
scanners of repositories do not take them for real.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Canary:
    """Something somebody pastes without thinking."""

    kind: str
    text: str
    words: tuple[str, ...]
    """None of these may be left."""


def _canary(kind: str, text: str, *words: str) -> Canary:
    return Canary(kind, text, words)


_KEY = "PRIVATE KEY-----"
_B64 = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ"
_DIGITS = "482913-105732-660182-338195-027734-593021-448107-215569"

CANARIES: tuple[Canary, ...] = (
    # passwords, as people write them
    _canary("password-ja-is", "パスワードは Kx9-hamabe! です", "hamabe"),
    _canary("password-ja-colon", "パスワード：Qr7まつりばやし", "Qr7", "まつりばやし"),
    _canary("password-ja-quoted", "パスワード「kumoizora」で入れません", "kumoizora"),
    _canary("password-ja-next-line", "パスワード:\nLm3-yukimi", "yukimi"),
    _canary("password-ja-pw", "ID: u-4711 / PW: Bq3-kettle", "kettle"),
    _canary(
        "password-ja-full-width", "Ｐａｓｓｗｏｒｄ：Ｎｋ５－ａｚｕｋｉ", "Ｎｋ５", "ａｚｕｋｉ"
    ),
    _canary("password-ja-pin", "暗証番号は739154です", "739154"),
    _canary("password-ja-code", "認証コードは 604 218 でした", "604 218"),
    _canary("password-en-colon", "password: Vm4-orchard", "orchard"),
    _canary("password-en-is", "my password is marigold", "marigold"),
    _canary("password-en-changed", "the password was changed to Yh7-copper", "copper"),
    _canary("password-en-tab", "Password\tFg6walnut", "Fg6walnut"),
    _canary("password-en-option", "mysql --password Ck8-drizzle -h db", "drizzle"),
    _canary("password-en-flag", "sqlcmd -S db -U sa -P Zb2-tundra", "tundra"),
    _canary("password-json", '{"user": "app", "password": "Jn2-saffron"}', "saffron"),
    _canary("password-xml", "<password>Wd5-thimble</password>", "thimble"),
    _canary("password-config", '<add key="SmtpPassword" value="Mx7-bramble"/>', "bramble"),
    _canary("password-env", "export DB_PASSWORD=Rp4-gravel", "gravel"),
    _canary("password-net-user", "net user svc Oq8-clover /add", "clover"),
    _canary("password-net-use", r"net use Z: \\fs1\share /user:CORP\svc Hd6-pebble", "pebble"),
    _canary("password-login", "curl -u svc-a:Tz8-lantern https://api.example.com", "lantern"),
    # tokens and keys
    _canary("slack-bot", "xoxb" + "-210987654321-abcdefVWXYZ987", "abcdefVWXYZ987"),
    _canary("slack-app", "xapp" + "-1-A0KJH23L4-4455-d00dfeedbabe", "d00dfeedbabe"),
    _canary(
        "slack-webhook",
        "https://hooks.slack.com/services/T00000000/B0ZZZZZZZ/qWeRtYuIoPaSdFgHjKlZxCvB",
        "qWeRtYuIoP",
    ),
    _canary("aws-id", "AKIA" + "Q3EGRIPPLE7EXAMP", "Q3EGRIPPLE7"),
    _canary(
        "aws-secret",
        "aws_secret_access_key = " + "wJalrXUtnFEMI/K7MDENG/bPxRfiCYCANARYKEY",
        "bPxRfiCYCANARY",
    ),
    _canary("github", "ghp" + "_Zm5vYmFyQUJDREVGR0hJSktMTU5PUFFS", "Zm5vYmFyQUJD"),
    _canary("github-fine", "github_pat" + "_11CANARY0_abcdefGHIJKL0987", "11CANARY0"),
    _canary("google-api", "AIza" + "SyD4nDeLi0nXyZ-0123456789abcdefghi", "D4nDeLi0n"),
    _canary("google-oauth", "ya29" + ".a0AfH6SMBdandelion_0123456789", "AfH6SMBdandelion"),
    _canary("google-refresh", "refresh: 1//" + "0gRefreshDandelion-L9IrabcdefGHIJ", "Dandelion"),
    _canary(
        "azure-secret", "client secret value 7xY8Q~aBcDeFgHiJkLmNoPqRsTuVwXyZ01234567", "aBcDeFgH"
    ),
    _canary(
        "azure-storage",
        "DefaultEndpointsProtocol=https;AccountName=logs;AccountKey=cGVwcGVybWludA==;",
        "cGVwcGVybWludA",
    ),
    _canary(
        "azure-sas",
        "https://logs.blob.core.windows.net/x?sv=2022-11-02&sig=pEpPeR%2Bmint%3D",
        "pEpPeR",
    ),
    _canary("openai", "sk-" + "proj-aB3dE5fG7hI9jK1lM3nO5pQ7", "aB3dE5fG7"),
    _canary("anthropic", "sk-" + "ant-api03-rS9tU7vW5xY3zA1b", "rS9tU7vW5"),
    _canary("stripe", "sk_" + "live_4eC39HqLyjWDarjtT1zdp7dc", "HqLyjWDarjt"),
    _canary("gitlab", "glpat" + "-xYz_ABCdef1234567890", "ABCdef123"),
    _canary(
        "jwt",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtYXBsZSJ9.c2lnLW9mLW1hcGxl",
        "eyJzdWIiOiJtYXBsZSJ9",
        "c2lnLW9mLW1hcGxl",
    ),
    _canary("bearer", "Authorization: Bearer mApLe.sYrUp-0123456789", "sYrUp"),
    _canary("basic", "Authorization: Basic c3ZjOm1hcGxlc3lydXA=", "c3ZjOm1hcGxl"),
    _canary("authorization", "Authorization: ApiKey willow-grove-bark", "willow-grove"),
    _canary("cookie", "Cookie: theme=dark; session=s%3AbIrCh.bark42", "bIrCh"),
    _canary("set-cookie", "Set-Cookie: SID=beechnut42grove; HttpOnly", "beechnut42grove"),
    _canary("api-key-header", "X-Api-Key: hazel-9931-thicket", "hazel-9931"),
    _canary("private-key", f"-----BEGIN RSA {_KEY}\nMIIEalder\n-----END RSA {_KEY}", "MIIEalder"),
    _canary("connection-string", "Server=db1;User Id=sa;Password=Cedar-5512;", "Cedar-5512"),
    _canary("database-url", "postgresql://app:Spruce-77@db.example.com/x", "Spruce-77"),
    _canary("basic-auth-url", "https://svc:Larch-31@intra.example.com/api", "Larch-31"),
    _canary("reset-link", "https://id.example.com/reset?token=jUnIpEr-5512", "jUnIpEr"),
    _canary("bitlocker", f"回復キー {_DIGITS}", "482913", "215569"),
    # what is somebody's own
    _canary("card", "4111 1111 1111 1111", "1111 1111"),
    _canary("card-plain", "カード 5555555555554444", "5555555555554444"),
    _canary("card-amex", "3782 822463 10005", "822463"),
    _canary("my-number", "マイナンバー 123456789018", "123456789018"),
    _canary("iban", "IBAN DE89 3704 0044 0532 0130 00", "0044 0532"),
    _canary("iban-plain", "GB29NWBK60161331926819", "NWBK6016"),
    _canary("bank-account", "三井住友銀行 渋谷支店 普通 1928374", "1928374"),
    _canary("social-security", "SSN 078-05-1120", "078-05-1120"),
    _canary("passport", "パスポート番号 TR7654321", "TR7654321"),
    _canary("licence", "運転免許証番号：301956728450", "301956728450"),
    _canary("born", "生年月日は1984年7月23日です", "1984年7月23"),
    _canary("phone-mobile", "電話は090-5551-7320です", "5551-7320"),
    _canary("phone-office", "内線ではなく 03-5551-8841 へ", "5551-8841"),
    _canary("phone-abroad", "+81 90 5551 2277", "5551 2277"),
    _canary("phone-plain", "携帯 08055519034", "08055519034"),
    _canary("postal-address", "〒150-0041 東京都渋谷区神南9-8-7", "150-0041", "神南"),
    _canary("postal-address-short", "横浜市西区みなとみらい2-9-8", "みなとみらい"),
    _canary("postal-address-en", "742 Evergreen Willow Road, Springfield", "Evergreen Willow"),
    _canary("mail", "hanako.canary@example.co.jp", "hanako.canary"),
    _canary("mail-full-width", "ｈａｎａｋｏ＠ｅｘａｍｐｌｅ．ｃｏ．ｊｐ", "ｈａｎａｋｏ"),
    _canary("home-folder", r"C:\Users\hanako.tsubaki\AppData", "tsubaki"),
    _canary("name-san", "柊木さんに聞きました", "柊木"),
    _canary("name-form", "氏名：榊原 椿子", "榊原", "椿子"),
    _canary("name-sign-off", "よろしくお願いします。\n葛西", "葛西"),
    _canary("name-dear", "Dear Ms. Wilhelmina Quince,", "Quince"),
    _canary("name-regards", "Best regards,\nBarnaby Thistlewood", "Thistlewood"),
    # one without its end takes with it whatever follows
    _canary("private-key-cut", f"-----BEGIN OPENSSH {_KEY}\n{_B64}\nAAAArowan", _B64, "AAAArowan"),
)
