"""Mail over encrypted connections, and passwords that are not told in the clear; a real server with a certificate.

127.0.0.2 stands for a server elsewhere: the mail channel takes only 127.0.0.1, ::1 and localhost for this machine.
"""

from __future__ import annotations

import ssl
import sys
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.scheduler.servers import mail_server
from tests.scheduler.test_channels import sent

ELSEWHERE = "127.0.0.2"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="127.0.0.2 is loopback on Linux alone")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for both addresses that signs itself, in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail")])
    addresses = [x509.IPAddress(IPv4Address(address)) for address in ("127.0.0.1", ELSEWHERE)]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(addresses), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path: Path = tmp_path_factory.mktemp("tls") / "mail.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def context(certificate: Path) -> ssl.SSLContext:
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made.load_cert_chain(certificate)
    return made


def test_smtps_is_encrypted_from_the_first_byte(
    context: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with mail_server(ssl_context=context) as post:
        assert sent(f"smtps://user:s3cret-pass@127.0.0.1:{post.port}?to=me@example.org") == ""
    assert (len(post.mails), post.encrypted, post.logins) == (1, True, [("user", "s3cret-pass")])


def test_starttls_is_used_where_it_is_offered(
    context: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with mail_server(ELSEWHERE, tls_context=context) as post:
        assert sent(f"smtp://user:s3cret-pass@{ELSEWHERE}:{post.port}?to=me@example.org") == ""
    assert (len(post.mails), post.encrypted, post.logins) == (1, True, [("user", "s3cret-pass")])


@pytest.mark.parametrize("scheme", ["smtps", "smtp"])
def test_a_certificate_that_nobody_vouches_for_is_refused(context: ssl.SSLContext, scheme: str) -> None:
    offered = {"ssl_context" if scheme == "smtps" else "tls_context": context}
    with mail_server(ELSEWHERE, **offered) as post:
        error = sent(f"{scheme}://user:s3cret-pass@{ELSEWHERE}:{post.port}?to=me@example.org")
    assert "certificate verify failed" in error and "s3cret" not in error
    assert (post.mails, post.logins) == ([], [])


def test_a_server_elsewhere_that_offers_no_encryption_is_told_no_password() -> None:
    with mail_server(ELSEWHERE) as post:
        error = sent(f"smtp://user:s3cret-pass@{ELSEWHERE}:{post.port}?to=me@example.org")
        assert error == "127.0.0.2 offers no encryption: it is not told a password"
        assert (post.mails, post.logins) == ([], [])
        assert sent(f"smtp://{ELSEWHERE}:{post.port}?to=me@example.org") == "", "without a password it is a relay"
