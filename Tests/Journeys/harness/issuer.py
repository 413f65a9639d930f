"""A real issuer of tokens on loopback: metadata, keys, and tokens signed with them."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm


class Issuer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        self.signers = {
            "rsa": ("RS256", rsa.generate_private_key(public_exponent=65537, key_size=2048)),
            "ec": ("ES256", ec.generate_private_key(ec.SECP256R1())),
        }
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self) -> None:
        self.shutdown()
        self.server_close()

    @property
    def documents(self) -> dict[str, dict]:
        public = []
        for name, (algorithm, key) in self.signers.items():
            form = RSAAlgorithm if algorithm.startswith("RS") else ECAlgorithm
            public.append(form.to_jwk(key.public_key(), as_dict=True) | {"kid": name, "alg": algorithm, "use": "sig"})
        metadata = {
            "issuer": self.url,
            "jwks_uri": f"{self.url}/keys",
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "registration_endpoint": f"{self.url}/register",
            "response_types_supported": ["code"],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
        }
        return {"/.well-known/openid-configuration": metadata, "/keys": {"keys": public}}

    def token(self, audience, signer: str = "rsa", key=None, headers: dict | None = None, **claims) -> str:
        """A token in order, but for what is given; a claim that is None is left out."""
        algorithm, own = self.signers[signer]
        now = int(time.time())
        usual = {
            "iss": self.url,
            "sub": "alice",
            "aud": audience,
            "iat": now,
            "exp": now + 600,
            "scope": "mcp:tools",
            "groups": ["staff", "platform"],
        }
        payload = {name: value for name, value in (usual | claims).items() if value is not None}
        return jwt.encode(payload, key or own, algorithm, headers={"kid": signer} | (headers or {}))


class _Handler(BaseHTTPRequestHandler):
    server: Issuer

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        document = self.server.documents.get(self.path)
        body = json.dumps(document or {}).encode()
        self.send_response(200 if document else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_) -> None:
        pass
