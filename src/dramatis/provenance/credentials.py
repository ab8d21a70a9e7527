"""What signs: a certificate chain and its key. Without others, a certificate authority of this installation issues them once.

Nobody else trusts that authority. A reader says `signingCredential.untrusted`, and still shows that nothing was changed since.
"""

import datetime
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from dramatis.errors import OutputError
from dramatis.media.files import fault_of_writing
from dramatis.provenance.installation import Installation, write_secret

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.x509 import Certificate, CertificateBuilder, KeyUsage, Name

_OWN = "signer.pem"  # certificates and key in one file: it is there, or it is not
_KEY_BEGINS, _BEGINS = b"-----BEGIN PRIVATE KEY-----", "-----BEGIN CERTIFICATE-----"
_YEARS = 20
_CURVES = {256: "es256", 384: "es384", 521: "es512"}


@dataclass(frozen=True)
class Credentials:
    """A chain of certificates (PEM, the signer's first), its private key (PEM) and algorithm in C2PA's words."""

    chain: bytes
    key: bytes = field(repr=False)
    algorithm: str = "es256"


def credentials_of(installation: Installation) -> Credentials:
    """What this installation signs with; made at the first call. Raises `OutputError`."""
    given = installation.signing
    if given is None:
        return _own(installation.folder)
    try:
        chain, key = given.certificates.read_bytes(), given.key.read_bytes()
    except OSError as fault:
        raise OutputError(f"{fault.filename} is to sign films and cannot be read ({fault.strerror}); check its name.") from fault
    return Credentials(chain, key, _algorithm(key, given.key))


def authority_of(installation: Installation) -> str:
    """The certificate (PEM) of this installation's own authority; empty if it has none yet."""
    with suppress(OSError):
        chain = (installation.folder / _OWN).read_bytes().partition(_KEY_BEGINS)[0]
        return _BEGINS + chain.decode("ascii").rpartition(_BEGINS)[2]
    return ""


def _own(folder: Path) -> Credentials:
    path = folder / _OWN
    try:
        with suppress(FileExistsError):
            if not path.exists():
                write_secret(path, _issued())
        chain, begins, key = path.read_bytes().partition(_KEY_BEGINS)
    except OSError as fault:
        raise fault_of_writing(folder, fault) from fault
    return Credentials(chain, begins + key)


def _algorithm(content: bytes, path: Path) -> str:
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(content, None)
    except (ValueError, TypeError):
        raise OutputError(f"{path} is no private key in PEM without a password; give one with DRAMATIS_SIGNING_KEY.") from None
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.key_size in _CURVES:
        return _CURVES[key.curve.key_size]
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return "ed25519"
    if isinstance(key, rsa.RSAPrivateKey):
        return "ps256"
    raise OutputError(f"The key in {path} cannot sign: elliptic curves (P-256, P-384, P-521), Ed25519 and RSA can.")


def _issued() -> bytes:
    """The signer's certificate, its authority's, and the signer's key. The authority's key is not kept: it signs nothing else."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

    authority_key, signer_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority_name = _name("Dramatis, certificate authority of one installation")
    authority = _for_authority(_certificate(authority_name, authority_name, authority_key), authority_key)
    signer = _for_signer(_certificate(_name("Dramatis"), authority_name, signer_key), authority_key)
    certificates = [one.sign(authority_key, hashes.SHA256()) for one in (signer, authority)]
    return b"".join(map(_pem, certificates)) + _private(signer_key)


def _name(common: str) -> "Name":
    from cryptography.x509 import Name, NameAttribute
    from cryptography.x509.oid import NameOID

    return Name([NameAttribute(NameOID.ORGANIZATION_NAME, "Dramatis"), NameAttribute(NameOID.COMMON_NAME, common)])


def _certificate(subject: "Name", issuer: "Name", key: "EllipticCurvePrivateKey") -> "CertificateBuilder":
    from cryptography import x509

    start = datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=1)
    end = start + datetime.timedelta(days=365 * _YEARS)
    unnamed = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    dated = unnamed.serial_number(x509.random_serial_number()).not_valid_before(start).not_valid_after(end)
    return dated.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)


def _for_authority(certificate: "CertificateBuilder", key: "EllipticCurvePrivateKey") -> "CertificateBuilder":
    from cryptography import x509

    whole = certificate.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    whole = whole.add_extension(_usage(signs_certificates=True), critical=True)
    return whole.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)


def _for_signer(certificate: "CertificateBuilder", authority: "EllipticCurvePrivateKey") -> "CertificateBuilder":
    """What C2PA asks of a signer's certificate (C2PA 2.2, section 14.5.1)."""
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    whole = certificate.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    whole = whole.add_extension(_usage(signs_certificates=False), critical=True)
    whole = whole.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
    return whole.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key()), critical=False)


def _usage(signs_certificates: bool) -> "KeyUsage":
    from cryptography import x509

    others = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    return x509.KeyUsage(
        digital_signature=not signs_certificates, key_cert_sign=signs_certificates, crl_sign=signs_certificates, **others
    )


def _pem(certificate: "Certificate") -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.PEM)


def _private(key: "EllipticCurvePrivateKey") -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
