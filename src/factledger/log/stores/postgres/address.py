"""Addresses of ledgers on a PostgreSQL server: which server, which database, which schema."""

from __future__ import annotations

import os
import re
from hashlib import sha256
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import attrs

from factledger.errors import LogError

DEFAULT_LEDGER = "factledger"
_LONGEST_NAME = 63  # bytes of a name on the server; it cuts off what is longer
_is_ledger = re.compile(r"(?!pg_)[a-z][a-z0-9_]{0,39}").fullmatch
_HOW = "write postgresql://HOST/DATABASE/LEDGER"
_SECRET = {"password", "sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key"}
_SERVER = {"host", "hostaddr", "port", "service"}
_login = re.compile(r"(?s)^([^/]*?:/*)[^@]*:.*@")
_words = re.compile(r"(?s)(?<=[?&])([^=&]*)=([^&]*)")


@attrs.frozen
class PostgresAddress:
    """A ledger on a server: the schema `ledger` in a database.

    `text` is the address in our words, `uri` the one of the database, for libpq.
    """

    text: str
    uri: str
    database: str
    ledger: str
    key: str

    @property
    def schema(self) -> str:
        """The schema, as SQL writes it."""
        return quoted(self.ledger)

    @property
    def channel(self) -> str:
        """The channel on which an append rings."""
        return f"factledger.{self.ledger}"

    def role(self, part: str) -> str:
        """Return the name of a role of this ledger; roles are known to the whole server.

        Raises LogError for a name that the server would cut off.
        """
        name = f"{self.database}_{self.ledger}_{part}"
        if len(name.encode()) > _LONGEST_NAME:
            found = f"the role {name} has more than {_LONGEST_NAME} bytes"
            raise LogError(f"{self.text}: {found}; give the ledger or the database a shorter name")
        return name


def postgres_address(text: str) -> PostgresAddress:
    """Return the parts of `postgresql://HOST/DATABASE/LEDGER`; without the last it is `factledger`.

    What libpq takes otherwise, users and parameters, it takes here too, but no password: errors
    and logs cite addresses. Raises LogError for what is no such address.

    >>> postgres_address("postgresql://db.example/news/ukraine").ledger
    'ukraine'
    """
    try:
        parts = urlsplit(text)
        words = dict(parse_qsl(parts.query, keep_blank_values=True))
        password = parts.password
    except ValueError as error:
        raise LogError(
            f"{without_secrets(text)}: not an address of PostgreSQL: {error}; {_HOW}"
        ) from None
    shown = without_secrets(text)
    if password is not None or _SECRET & {word.lower() for word in words}:
        advice = "keep it in ~/.pgpass or $PGPASSWORD, for addresses are shown"
        raise LogError(f"{shown}: the address holds a password; {advice}")
    if shown != text or parts.fragment:
        fault = "@ / ? # in a name are written %40 %2F %3F %23, and a password is not written"
        raise LogError(f"{shown}: not an address of PostgreSQL: {fault}; {_HOW}")
    if text != text.encode(errors="replace").decode():
        raise LogError(f"{text}: not an address of PostgreSQL: it is not in UTF-8; {_HOW}")
    database, _, ledger = parts.path.lstrip("/").rstrip("/").partition("/")
    ledger = ledger or DEFAULT_LEDGER
    if not database:
        raise LogError(f"{text}: it names no database; {_HOW}")
    if not _is_ledger(ledger):
        form = "lower-case letters, digits and _, a letter first, at most 40, not pg_"
        raise LogError(f"{text}: {ledger!r} is no name of a ledger: {form}; {_HOW}")
    netloc, parameters = parts.netloc, f"?{parts.query}" if parts.query else ""
    server = [netloc.rpartition("@")[2], *_server_words(netloc, words)]
    name = unquote(database)
    return PostgresAddress(
        text=f"postgresql://{netloc}/{quote(name)}/{ledger}{parameters}",
        uri=f"postgresql://{netloc}/{quote(name)}{parameters}",
        database=name,
        ledger=ledger,
        key=sha256("\n".join([*server, name, ledger]).encode()).hexdigest()[:16],
    )


def without_secrets(text: str) -> str:
    """Return an address, or what was meant to be one, as it may be shown.

    >>> without_secrets("postgresql+x://me:secret@h/news?password=secret")
    'postgresql+x://…@h/news?password=…'
    """
    return _words.sub(_shown_word, _login.sub(r"\1…@", text))


def _shown_word(word: re.Match[str]) -> str:
    return f"{word[1]}=…" if unquote(word[1]).lower() in _SECRET else word[0]


def _server_words(netloc: str, words: dict[str, str]) -> list[str]:
    """Return what says which server is meant, besides its name; libpq takes the rest from outside."""
    named = {k: v for k, v in words.items() if k in _SERVER}
    if not netloc.rpartition("@")[2] and not named.keys() & {"host", "hostaddr", "service"}:
        outside = {k: os.environ.get(f"PG{k.upper()}") for k in _SERVER}
        named = {k: v for k, v in outside.items() if v} | named
    return sorted(f"{k}={v}" for k, v in named.items())


def quoted(name: str) -> str:
    """Return a name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'
