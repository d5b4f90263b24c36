"""An API of nothing but the standard library, whose callers sign in at Understudy."""

import base64
import http.client
import json
import os
import re
import threading
import time
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BEARER = re.compile(r"bearer +([A-Za-z0-9._~+/-]{1,256}=*)", re.IGNORECASE)


class Away(Exception):
    """Whose a token is could not be found out. It is neither yes nor no."""


class NoRedirection(urllib.request.HTTPRedirectHandler):
    """A redirection must not carry the signature elsewhere."""

    def redirect_request(self, *_):
        return None


class Introspector:
    """Asks what a token is worth, and goes by the answer for `max_age` seconds: a revocation is seen within that time."""

    def __init__(self, url, app_id, signature, max_age=5.0, max_entries=10_000):
        self._url = url.rstrip("/") + "/api/v1/tokens/introspect"
        self._basic = base64.b64encode(f"{app_id}:{signature}".encode()).decode()
        self._max_age, self._max_entries = max_age, max_entries
        self._opener = urllib.request.build_opener(NoRedirection)
        self._answers = {}
        self._lock = threading.Lock()

    def introspect(self, token):
        """What RFC 7662 says of a good token; None for any other. Raises Away."""
        asked_at = time.monotonic()
        with self._lock:
            kept_at, found = self._answers.get(token, (0.0, None))
        if found and asked_at - kept_at < self._max_age and time.time() < found["exp"]:
            return found
        found = self._ask(token)
        if found:
            self._keep(token, asked_at, found)
        return found

    def _ask(self, token):
        body = urllib.parse.urlencode({"token": token}).encode()
        request = urllib.request.Request(self._url, body, {"Authorization": f"Basic {self._basic}"})
        try:
            with self._opener.open(request, timeout=2) as response:
                found = json.load(response)
            if found["active"] is False:
                return None
            if found["active"] is True and isinstance(found["sub"], str) and isinstance(found["exp"], int):
                return found
        except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError) as reason:
            raise Away from reason
        raise Away

    def _keep(self, token, asked_at, found):
        with self._lock:
            self._answers.pop(token, None)
            while len(self._answers) >= self._max_entries:
                self._answers.pop(next(iter(self._answers)))
            self._answers[token] = (asked_at, found)


class Api(BaseHTTPRequestHandler):
    """`GET /orders`, for whoever brings a good token."""

    introspector = Introspector(
        os.environ.get("LOGIN_URL", "http://127.0.0.1:8080"),
        os.environ.get("APP_ID", "my-api"),
        os.environ["APP_SIGNATURE"],
    )

    def do_GET(self):
        given = BEARER.fullmatch(self.headers.get("Authorization", ""))
        if not given:
            return self._answer(401, {"error": "a token is needed"}, {"WWW-Authenticate": "Bearer"})
        try:
            account = self.introspector.introspect(given[1])
        except Away as reason:
            self.log_error("a token could not be verified: %s", reason.__cause__)
            return self._answer(503, {"error": "try again later"}, {"Retry-After": "1"})
        if not account:
            return self._answer(401, {"error": "sign in again"}, {"WWW-Authenticate": 'Bearer error="invalid_token"'})
        if self.path != "/orders":
            return self._answer(404, {"error": "there is nothing here"})
        return self._answer(200, {"owner": account["sub"], "orders": []})

    def _answer(self, status, value, headers=None):
        body = json.dumps(value).encode()
        self.send_response(status)
        for name, text in {**(headers or {}), "Content-Type": "application/json", "Content-Length": str(len(body))}.items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "3000"))), Api)
    print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
