"""The signing key of one installation and its certificate.

Each installation signs with its own key, so that a stolen laptop costs the slips of that laptop only. The private key
leaves this module as bytes which the caller seals like the database key before they touch a disk.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from models.certificates.payload import months_later

VACCINATION = x509.ObjectIdentifier("1.3.6.1.4.1.1847.2021.1.2")
SIGNING_MONTHS = 6
CERTIFICATE_MONTHS = 24
KID_BYTES = 8


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key that can sign. `private` is PKCS #8 DER in the clear: it lives in memory only and is never shown."""

    kid: bytes
    der: bytes
    not_before: datetime
    signs_until: datetime
    not_after: datetime
    private: bytes = field(repr=False)


def make_signing_key(facility_code: str, facility_name: str, now: datetime) -> SigningKey:
    """A new P-256 key and its self-signed certificate. It signs for 6 months; the certificate lives 24 months longer,
    so that what it signs on its last day is still good for two years."""
    now = now.astimezone(UTC).replace(microsecond=0)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(key, subject_of(facility_code, facility_name, f"Pos Vaksin {facility_code}"), now)
    private = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return signing_key(certificate.public_bytes(serialization.Encoding.DER), private)


def make_request(facility_code: str, facility_name: str, desk: str) -> tuple[bytes, bytes]:
    """A new P-256 key for the district to certify: the request (PKCS #10, PEM) and the private key (PKCS #8 DER).

    `desk` tells the installations of one puskesmas apart: each signs with a key of its own.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    request = (
        x509.CertificateSigningRequestBuilder()
        .subject_name(subject_of(facility_code, facility_name, f"Pos Vaksin {facility_code} {desk}".strip()))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return request.public_bytes(serialization.Encoding.PEM), private


def holds(certificate: bytes, private: bytes) -> bool:
    """Whether `private` (PKCS #8 DER) is the key of `certificate` (DER)."""
    public = x509.load_der_x509_certificate(certificate).public_key()
    key = serialization.load_der_private_key(private, None)
    return isinstance(key, ec.EllipticCurvePrivateKey) and key.public_key() == public


def signing_key(der: bytes, private: bytes) -> SigningKey:
    """A key opened again from its certificate and the unsealed private bytes."""
    certificate = x509.load_der_x509_certificate(der)
    return SigningKey(
        kid=kid_of(der),
        der=der,
        not_before=certificate.not_valid_before_utc,
        signs_until=signs_until(certificate),
        not_after=certificate.not_valid_after_utc,
        private=private,
    )


def kid_of(der: bytes) -> bytes:
    """The first 8 bytes of the SHA-256 of the certificate, as the EU's key lists have it."""
    return hashlib.sha256(der).digest()[:KID_BYTES]


def public_key_of(holder: bytes | x509.CertificateSigningRequest) -> bytes:
    """The SubjectPublicKeyInfo (DER) of a certificate (DER) or a request: the same for every certificate of one key."""
    certified = x509.load_der_x509_certificate(holder) if isinstance(holder, bytes) else holder
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return certified.public_key().public_bytes(serialization.Encoding.DER, form)


def signs_until(certificate: x509.Certificate) -> datetime:
    """When the key stops signing: its private key usage period, or six months where none is written."""
    try:
        period = certificate.extensions.get_extension_for_class(x509.PrivateKeyUsagePeriod).value
    except x509.ExtensionNotFound:
        return months_later(certificate.not_valid_before_utc, SIGNING_MONTHS)
    return (period.not_after or certificate.not_valid_after_utc.replace(tzinfo=None)).replace(tzinfo=UTC)


def subject_of(facility_code: str, facility_name: str, common_name: str) -> x509.Name:
    """Whose key it is: the standard's country, then name and code of the facility."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, facility_name[:64]),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, facility_code[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name[:64]),
        ]
    )


def _certificate(key: ec.EllipticCurvePrivateKey, subject: x509.Name, now: datetime) -> x509.Certificate:
    public = key.public_key()
    identifier = x509.SubjectKeyIdentifier.from_public_key(public)
    until = months_later(now, SIGNING_MONTHS)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(months_later(now, SIGNING_MONTHS + CERTIFICATE_MONTHS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(key_usage(), critical=True)
        .add_extension(x509.ExtendedKeyUsage([VACCINATION]), critical=False)
        .add_extension(x509.PrivateKeyUsagePeriod(now, until), critical=False)
        .add_extension(identifier, critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False)
        .sign(key, hashes.SHA256())
    )


def key_usage(*, certifies: bool = False) -> x509.KeyUsage:
    """What a key may do: sign what people carry and lists; a district's also certifies other keys."""
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certifies,
        crl_sign=certifies,
        encipher_only=False,
        decipher_only=False,
    )
