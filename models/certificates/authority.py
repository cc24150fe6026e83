"""The district's authority (SCA): it certifies the signing keys of its puskesmas and signs the two lists. Kept offline.

Its own certificate is pinned at every puskesmas and counter by a fingerprint that two people read to each other.
"""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import UTC, datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from models.certificates.keys import (
    CERTIFICATE_MONTHS,
    SIGNING_MONTHS,
    VACCINATION,
    SigningKey,
    key_usage,
    signing_key,
    subject_of,
)
from models.certificates.payload import months_later
from models.errors import Refused

AUTHORITY_MONTHS = 10 * 12
_SIGNS_NOW = 5 * 12
"""An authority certifies for five years; for the other five what it certified is still believed."""

_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
"""Signs that move a cursor, turn the line of writing or are not seen: no name of a puskesmas has one."""


def make_authority(code: str, name: str, now: datetime) -> SigningKey:
    """A new authority for a district: `code` of its region, `name` of its health office. The private key goes sealed to disk."""
    now = now.astimezone(UTC).replace(microsecond=0)
    key = ec.generate_private_key(ec.SECP256R1())
    subject = subject_of(code, name, f"Pos Vaksin Kabupaten {code}")
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(months_later(now, AUTHORITY_MONTHS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(key_usage(certifies=True), critical=True)
        .add_extension(x509.PrivateKeyUsagePeriod(now, months_later(now, _SIGNS_NOW)), critical=False)
        .add_extension(identifier, critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return signing_key(certificate.public_bytes(serialization.Encoding.DER), private)


def fingerprint(certificate: bytes) -> str:
    """The SHA-256 of a certificate in eight groups of four hexadecimal digits (its first half): what two people read aloud."""
    digits = hashlib.sha256(certificate).hexdigest()[:32].upper()
    return " ".join(digits[at : at + 4] for at in range(0, 32, 4))


def certify(request: bytes, authority: SigningKey, now: datetime) -> bytes:
    """The certificate (DER) for a puskesmas' request: it signs for 6 months and is believed for 24 more.

    Refused: "signer.not_a_request", "signer.request_signature" (whoever asks must hold the key), "signer.key_kind",
    "signer.authority_ended".
    """
    now = now.astimezone(UTC).replace(microsecond=0)
    asked = read_request(request)
    ends = months_later(now, SIGNING_MONTHS + CERTIFICATE_MONTHS)
    issuer = x509.load_der_x509_certificate(authority.der)
    if now > authority.signs_until or ends > authority.not_after:
        raise Refused("signer.authority_ended", ended=authority.signs_until.date())
    public = asked.public_key()
    if not isinstance(public, ec.EllipticCurvePublicKey):
        raise Refused("signer.key_kind")
    private = serialization.load_der_private_key(authority.private, None)
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise TypeError("a P-256 key")
    own = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    certificate = (
        x509.CertificateBuilder()
        .subject_name(asked.subject)
        .issuer_name(issuer.subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(key_usage(), critical=True)
        .add_extension(x509.ExtendedKeyUsage([VACCINATION]), critical=False)
        .add_extension(x509.PrivateKeyUsagePeriod(now, months_later(now, SIGNING_MONTHS)), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own), critical=False)
        .sign(private, hashes.SHA256())
    )
    return certificate.public_bytes(serialization.Encoding.DER)


def read_request(data: bytes) -> x509.CertificateSigningRequest:
    """A request (PKCS #10, DER or PEM) whose sender holds the key and which names one facility by name and code."""
    try:
        pem = data.lstrip().startswith(b"-----")
        asked = x509.load_pem_x509_csr(data) if pem else x509.load_der_x509_csr(data)
        public = asked.public_key()
    except (ValueError, TypeError) as fault:
        raise Refused("signer.not_a_request") from fault
    if not isinstance(public, ec.EllipticCurvePublicKey) or not isinstance(public.curve, ec.SECP256R1):
        raise Refused("signer.key_kind")
    if not asked.is_signature_valid:
        raise Refused("signer.request_signature")
    who(asked.subject)
    return asked


def who(subject: x509.Name) -> tuple[str, str]:
    """Code and name of the facility in a request or certificate; Refused("signer.no_name") where one is missing,
    "signer.name_signs" where one holds a sign that is not seen or turns the line."""
    found = []
    for kind in (NameOID.ORGANIZATIONAL_UNIT_NAME, NameOID.ORGANIZATION_NAME):
        texts = [str(each.value).strip() for each in subject.get_attributes_for_oid(kind)]
        if len(texts) != 1 or not texts[0]:
            raise Refused("signer.no_name")
        if any(unicodedata.category(sign) in _UNSEEN for sign in texts[0]):
            raise Refused("signer.name_signs")
        found.append(texts[0])
    return found[0], found[1]


def require_certified(certificate: bytes, authority: bytes) -> None:
    """Refused("signer.not_certified") unless `authority` (DER) certified `certificate` (DER)."""
    try:
        ours, issuer = x509.load_der_x509_certificate(certificate), x509.load_der_x509_certificate(authority)
        ours.verify_directly_issued_by(issuer)
        certifies = issuer.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        signs = not ours.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound) as fault:
        raise Refused("signer.not_certified") from fault
    if not certifies or not signs:
        raise Refused("signer.not_certified")
