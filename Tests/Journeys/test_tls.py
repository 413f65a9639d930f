"""TLS on the data port, and towards servers."""

import datetime
import ipaddress
import socket
import ssl

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from harness import wire, words
from harness.recorded import POLICY
from harness.gateway import Gateway
from harness.programs import free_port, wait_until
from recording.http import RecordingServer
from recording.record import Record


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A self-signed certificate for localhost and its key, as PEM files."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.timezone.utc)

    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (folder / "key.pem").chmod(0o600)
    return folder


def test_the_data_port_speaks_tls_and_nothing_else(tmp_path, certificate):
    record = Record(tmp_path / "record.jsonl")
    upstream = RecordingServer(record)
    trusting = ssl.create_default_context(cafile=str(certificate / "certificate.pem"))
    gateway = Gateway(
        tmp_path / "gateway",
        {"last": {"url": upstream.url}},
        {"last": POLICY},
        trust=trusting,
        **words.tls_settings(certificate / "certificate.pem", certificate / "key.pem"),
    )
    gateway.start()
    try:
        assert gateway.call("last", "echo", {"text": "x"}).text == "echo: {'text': 'x'}"
        assert gateway.call("last", "wipe").code == words.INVALID_PARAMS
        with wire.Connection(gateway.address) as plain:
            body = wire.call_body("echo", {"text": "plain"})
            plain.send(
                wire.head("/mcp/last", gateway.headers(name="echo") + [("Content-Length", str(len(body)))]) + body
            )
            answer = plain.receive()
            assert answer is None or answer.status >= 400
        assert [call["arguments"] for call in record.calls()] == [{"text": "x"}]
        with pytest.raises(ssl.SSLError):
            old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
            old.maximum_version = ssl.TLSVersion.TLSv1_1
            wire.Connection(gateway.address, old)
    finally:
        gateway.stop()
        upstream.close()


def listens(port) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def test_the_console_speaks_tls_and_nothing_else(tmp_path, certificate):
    trusting = ssl.create_default_context(cafile=str(certificate / "certificate.pem"))
    port = free_port()
    gateway = Gateway(
        tmp_path / "gateway",
        {},
        {},
        trust=trusting,
        console={"listen": f"127.0.0.1:{port}"},
        **words.tls_settings(certificate / "certificate.pem", certificate / "key.pem"),
    ).start()
    try:
        # The console opens after the port that agents speak to.
        wait_until(lambda: listens(port), "the console's start")
        request = wire.head("/attacks", [("Host", f"127.0.0.1:{port}")], "GET")
        with wire.Connection(("127.0.0.1", port), trusting) as connection:
            connection.send(request)
            answer = connection.receive()
        assert answer.status == 200 and "strict-transport-security" in answer.headers
        assert f'<link rel="canonical" href="https://127.0.0.1:{port}/attacks">' in answer.body.decode()
        with wire.Connection(("127.0.0.1", port)) as plain:
            plain.send(request)
            answer = plain.receive()
            assert answer is None or answer.status >= 400
    finally:
        gateway.stop()


@pytest.fixture
def secure_server(tmp_path, certificate):
    """A recording server with the certificate above, which no authority vouches for."""
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate / "certificate.pem", certificate / "key.pem")
    upstream = RecordingServer(Record(tmp_path / "secure.jsonl"), tls=serving)
    yield upstream
    upstream.close()


def test_a_server_with_a_certificate_nobody_vouches_for_is_not_called(start_gateway, secure_server):
    gateway = start_gateway({"last": {"url": secure_server.url}})
    answer = gateway.call("last", "echo", {"text": "secret"})
    assert answer.code is not None or answer.result["isError"]
    assert secure_server.record.entries() == []


def test_a_server_whose_certificate_the_operator_named_is_called(start_gateway, secure_server, certificate):
    named = {"url": secure_server.url, "certificates": str(certificate / "certificate.pem")}
    gateway = start_gateway({"last": named})
    assert gateway.call("last", "echo", {"text": "x"}).text == "echo: {'text': 'x'}"
