"""A message amid what programs print around it: dialogs, logs, traces, bounces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random

_DUMPS: Final = (
    "---------------------------\n{app}\n---------------------------\n{e}\n---------------------------\nOK   \n---------------------------",
    "{app}\n\n  {e}\n\n[OK]  [Cancel]",
    "{app}\n\n  {e}\n\n[OK]  [キャンセル]  [ヘルプ]",
    "{time} ERROR [{thread}] {app}: {e}",
    "{time} WARN  {app}({pid}): {e}\n{time} INFO  {app}({pid}): retrying in 30 s",
    "{time} INFO  start\n{time} ERROR {e}\n{time} INFO  stop",
    'Traceback (most recent call last):\n  File "{file}.py", line {line}, in <module>\n    run()\nRuntimeError: {e}',
    "System.InvalidOperationException: {e}\n   at Contoso.{app}.Run(String name)\n   at Contoso.Program.Main()",
    "java.io.IOException: {e}\n\tat com.example.{app}.open({app}.java:{line})\n\t... 12 more",
    "ログの名前: Application\nソース: {app}\nイベント ID: {pid}\nレベル: エラー\n説明:\n{e}",
    "Log Name: Application\nSource: {app}\nEvent ID: {pid}\nLevel: Error\nDescription: {e}",
    "種類: エラー\n日時: {time}\nアプリ: {app}\n内容: {e}\nユーザー: CONTOSO\\suzuki",
    "{app}: error: {e}",
    "[{time}] {app}[{pid}]: {e} (attempt 3 of 5)",
    "Delivery has failed.\n\nRemote server returned:\n{e}\n\nOriginal message headers:\nReceived: from mx1.example.com",
    "C:\\>{file}.exe\n{e}\nC:\\>",
    "$ {file} --sync\n{e}\n$ echo $?\n1",
)
_APPS: Final = (
    "Mail",
    "OUTLOOK.EXE",
    "explorer",
    "Updater",
    "svc-agent",
    "Office",
    "backupd",
    "Sync",
)
_FILES: Final = ("sync", "main", "setup", "client")


def dump(chance: random.Random, text: str, _lang: str) -> str:
    """The message amid the rest."""
    values = {
        "app": chance.choice(_APPS),
        "file": chance.choice(_FILES),
        "thread": f"worker-{chance.randint(1, 16)}",
        "pid": str(chance.randint(200, 29_999)),
        "line": str(chance.randint(3, 900)),
        "time": (
            f"2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            f"{chance.choice(' T')}{chance.randint(0, 23):02}:{chance.randint(0, 59):02}:07"
        ),
    }
    made = chance.choice(_DUMPS)
    for name, value in values.items():
        made = made.replace(f"{{{name}}}", value)
    return made.replace("{e}", text)
