"""Tokens of RFC 3161: what a time authority signed, read with rfc3161-client."""

from __future__ import annotations

from hashlib import new
from typing import TYPE_CHECKING

from factledger.errors import MissingExtra, NotProved
from factledger.log.proofs.times.statement import TimeStatement

if TYPE_CHECKING:
    from rfc3161_client import TimeStampResponse

_HASHES = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
_GRANTED = b"\x30\x03\x02\x01\x00"  # the status that a response puts before its token


def read_token(data: bytes, content: bytes, roots: bytes | None, place: str) -> TimeStatement:
    """Return what a response or token says of some content.

    With `roots`, certificates in PEM, the signature and the chain to one of them are verified, at
    the time that the token states. Raises NotProved, and MissingExtra without rfc3161-client.
    """
    response = _response(data, place)
    info = response.tst_info
    algorithm = _HASHES.get(info.message_imprint.hash_algorithm.dotted_string)
    if algorithm is None:
        raise NotProved(place, "wanted a token for SHA-256, SHA-384 or SHA-512")
    digest = new(algorithm, content).digest()
    if info.message_imprint.message != digest:
        found = info.message_imprint.message.hex()
        raise NotProved(place, f"it is for a file of {algorithm} {found}, not this checkpoint")
    said = f"RFC 3161: it says that this checkpoint existed at {info.gen_time:%Y-%m-%dT%H:%M:%SZ}"
    if roots is None:
        return TimeStatement(said, "who says so; give the root of the authority to verify that")
    signer = _verify(response, digest, roots, place)
    return TimeStatement(
        f"{said}, signed by {signer} and by a chain to the root that was given",
        "whether a certificate was revoked",
    )


def _response(data: bytes, place: str) -> TimeStampResponse:
    """Return the response in some bytes; a token alone is read as one that was granted."""
    try:
        from rfc3161_client import decode_timestamp_response
    except ModuleNotFoundError:
        raise MissingExtra("tokens of RFC 3161", "rfc3161-client", "time") from None
    faults = []
    for spelt in (data, _sequence(_GRANTED + data)):
        try:
            response = decode_timestamp_response(spelt)
            response.tst_info  # noqa: B018  a refusal has none, and says so only here
        except ValueError as error:
            faults.append(str(error))
        else:
            return response
    told = "it is neither an OpenTimestamps file nor a token of RFC 3161 that granted a time"
    raise NotProved(place, f"{told}: {faults[0]}")


def _sequence(content: bytes) -> bytes:
    """Return the DER of a sequence."""
    size = len(content)
    if size < 0x80:
        return bytes((0x30, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((0x30, 0x80 | len(length))) + length + content


def _verify(response: TimeStampResponse, digest: bytes, roots: bytes, place: str) -> str:
    """Return who signed a token, once its signature and chain are verified; raises NotProved."""
    from cryptography.x509 import load_der_x509_certificate, load_pem_x509_certificates
    from rfc3161_client import VerificationError, VerifierBuilder

    try:
        trusted = load_pem_x509_certificates(roots)
    except ValueError:
        raise NotProved(place, "the root is no certificate in PEM") from None
    [signer] = response.signed_data.signer_infos
    held = map(load_der_x509_certificate, response.signed_data.certificates)
    names = [c.subject.rfc4514_string() for c in held if c.serial_number == signer.serial_number]
    verifier = VerifierBuilder(roots=list(trusted)).build()
    try:
        verifier.verify(response, digest)
    except VerificationError as error:
        whose = "verify error" in str(error)
        fault = "its certificates do not lead to the root" if whose else "its signature is false"
        raise NotProved(place, f"{fault}: {str(error).partition(': ErrorStack')[0]}") from None
    return names[0]
