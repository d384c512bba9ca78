#!/usr/bin/python3
"""greenlane-gateway serve: what it gives out, what it refuses, how it ends."""
import concurrent.futures
import http.client
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import threading
import time
import warnings

from gateway import GATEWAY, Authority, Case, environment, gateway, sample_pack, served
from program import main

PREFIX = "/v1/criteria/"


class ServerCase(Case):
    def setUp(self):
        super().setUp()
        self.authority = Authority(self.folder).start()
        self.repo, self.tls = self.authority.repo, self.folder / "tls"
        self.assertEqual(gateway("tls", "new", self.tls).status, 0)
        self.context = ssl.create_default_context(cafile=self.tls / "ca.pem")

    def serve(self, seconds=60):
        self.url, self.process = self.enterContext(served(self.repo, self.tls, seconds))
        self.port = int(self.url.rsplit(":", 1)[1])

    def connect(self, context=None):
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, context=context or self.context, timeout=30)
        self.addCleanup(connection.close)
        return connection

    def ask(self, target, method="GET", headers=None, body=None, connection=None):
        connection = connection or self.connect()
        connection.putrequest(method, target, skip_host=False, skip_accept_encoding=True)
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        connection.endheaders(body)
        response = connection.getresponse()
        return response, response.read()

    def raw(self, *pieces, patience=30):
        """All that comes back for bytes of any kind, which are sent one piece after the other."""
        with self.context.wrap_socket(socket.create_connection(("127.0.0.1", self.port), timeout=patience),
                                      server_hostname="127.0.0.1") as stream:
            answer = b""
            try:
                for number, data in enumerate(pieces):
                    time.sleep(0.3 * (number > 0))
                    stream.sendall(data)
                while piece := stream.recv(65536):
                    answer += piece
            except OSError:
                pass
            return answer

    def stop(self):
        self.process.terminate()
        self.process.wait(20)
        return self.process.stderr.read().decode()


class Files(ServerCase):
    def test_every_file_that_clients_fetch_is_served_as_it_is(self):
        self.serve()
        connection = self.connect()
        names = [name for name in self.authority.state(("metadata", "targets", "log"))]
        self.assertGreater(len(names), 6)
        for name in names:
            response, body = self.ask(PREFIX + name, connection=connection)
            self.assertEqual((response.status, body), (200, (self.repo / name).read_bytes()), name)
            kinds = {"metadata": "application/json", "targets": "application/json", "log": "application/octet-stream"}
            kind = "text/plain; charset=utf-8" if name == "log/checkpoint" else kinds[name.split("/")[0]]
            self.assertEqual(response.headers["Content-Type"], kind)
            changes = name in ("metadata/timestamp.json", "log/checkpoint")
            self.assertEqual(response.headers["Cache-Control"], "no-cache" if changes else "public, max-age=31536000, immutable")
            head, nothing = self.ask(PREFIX + name, "HEAD", connection=connection)
            self.assertEqual((head.status, nothing, head.headers["Content-Length"]), (200, b"", str(len(body))))
            same, nothing = self.ask(PREFIX + name, headers={"If-None-Match": response.headers["ETag"]}, connection=connection)
            self.assertEqual((same.status, nothing), (304, b""))

    def test_what_is_released_is_served_at_once(self):
        self.serve()
        pack = self.write("pack.json", sample_pack())
        self.assertEqual(self.ask(PREFIX + "metadata/2.targets.json")[0].status, 404)
        run = self.authority.run("publish", pack, *self.authority.signing("targets1", "targets2"))
        self.assertEqual(run.status, 0, run.err)
        response, body = self.ask(PREFIX + "metadata/2.targets.json")
        self.assertEqual((response.status, "criteria/test-pack/1.json" in json.loads(body)["signed"]["targets"]), (200, True))

    def test_nothing_else_is_served(self):
        (self.repo / "metadata/.hidden").write_text("x")
        (self.repo / "targets/link.json").symlink_to("/etc/passwd")
        os.mkfifo(self.repo / "targets/pipe.json")
        (self.repo / "targets/%2e").write_text("x")
        self.serve()
        targets = ["", "metadata", "metadata/", "metadata/.hidden", "targets/", "targets/trust", "targets/trust/", "log/", "log/tile",
                   "authority.json", ".lock", "staged/targets.json", "metadata/2.root.json", "targets/link.json", "targets/pipe.json",
                   "../authority.json", "metadata/../authority.json", "metadata/../../authority.json", "targets/../authority.json",
                   "targets/..%2fauthority.json", "targets/%2e%2e/authority.json", "targets/%2e", "metadata//timestamp.json",
                   "/metadata/timestamp.json", "metadata/timestamp.json/", "metadata/timestamp.json?x=1", "metadata/timestamp.json%00",
                   "metadata/timestamp%2ejson", "metadata\\timestamp.json", "targets/" + "a/" * 20 + "b", "targets/" + "a" * 300]
        for target in targets:
            response, body = self.ask(PREFIX + target)
            self.assertEqual((response.status, body), (404, b"there is no such file\n"), target)
        for target in ("/", "/metadata/timestamp.json", "/v1/criteria", "/V1/criteria/metadata/timestamp.json",
                       "/v1//criteria/metadata/timestamp.json",
                       "*", "https://127.0.0.1/v1/criteria/metadata/timestamp.json"):
            self.assertIn(self.ask(target)[0].status, (400, 404), target)

    def test_one_part_of_a_file_may_be_asked_for(self):
        self.serve()
        whole = (self.repo / "metadata/1.root.json").read_bytes()
        response, body = self.ask(PREFIX + "metadata/1.root.json", headers={"Range": "bytes=10-19"})
        self.assertEqual((response.status, body), (206, whole[10:20]))
        response, body = self.ask(PREFIX + "metadata/1.root.json", headers={"Range": "bytes=" + ",".join(["0-"] * 1000)})
        self.assertEqual(response.status, 400)


class Requests(ServerCase):
    def test_only_get_and_head(self):
        self.serve()
        for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get"):
            response, _ = self.ask(PREFIX + "metadata/timestamp.json", method)
            self.assertIn(response.status, (400, 405), method)
        response, _ = self.ask(PREFIX + "metadata/timestamp.json", "POST", {"Content-Length": "5"}, b"hello")
        self.assertEqual((response.status, response.headers["Allow"]), (405, "GET, HEAD"))

    def test_a_body_that_nobody_asked_for_is_no_next_request(self):
        self.serve()
        inner = f"GET {PREFIX}metadata/1.root.json HTTP/1.1\r\nHost: x\r\n\r\n".encode()
        for method, framing in (("GET", f"Content-Length: {len(inner)}"), ("POST", f"Content-Length: {len(inner)}"),
                                ("GET", "Transfer-Encoding: chunked")):
            answer = self.raw(f"{method} {PREFIX}metadata/timestamp.json HTTP/1.1\r\nHost: x\r\n{framing}\r\n\r\n".encode(), inner,
                              patience=10)
            self.assertEqual(answer.count(b"HTTP/1.1 "), 1, answer[:400])
            self.assertIn(answer[9:12], (b"400", b"405"))

    def test_what_is_no_request_ends_the_connection_only(self):
        self.serve()
        other_version = f"GET {PREFIX}metadata/timestamp.json HTTP/9.9\r\n\r\n".encode()
        long_header = b"GET / HTTP/1.1\r\nX: " + b"y" * 100_000 + b"\r\n\r\n"
        all_data = (b"\x16\x03\x01 not http\r\n\r\n", b"GET\r\n\r\n", b"\r\n" * 1000, b"GET " + b"/" * 20_000 + b" HTTP/1.1\r\n\r\n",
                    b"\0" * 5000 + b"\r\n\r\n", other_version, long_header)
        with concurrent.futures.ThreadPoolExecutor(len(all_data)) as pool:
            for answer in pool.map(lambda data: self.raw(data, patience=20), all_data):
                self.assertNotIn(b"200 OK", answer)
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as plain:  # no TLS at all
            plain.sendall(b"GET / HTTP/1.1\r\n\r\n")
            self.assertNotIn(b"200", plain.recv(1000))
        self.assertEqual(self.ask(PREFIX + "metadata/timestamp.json")[0].status, 200)

    def test_headers_without_end_are_cut_off(self):
        self.serve()
        sent, closed = 0, False
        with self.context.wrap_socket(socket.create_connection(("127.0.0.1", self.port), timeout=30),
                                      server_hostname="127.0.0.1") as stream:
            stream.sendall(b"GET / HTTP/1.1\r\n")
            line = b"X-Header: " + b"y" * 2_000 + b"\r\n"
            try:
                while sent < 64 << 20:
                    stream.sendall(line * 8)
                    sent += 8 * len(line)
            except OSError:
                closed = True
        self.assertTrue(closed, f"{sent} bytes were taken")
        self.assertLess(sent, 32 << 20)
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            resident = int(re.search(r"VmHWM:\s+(\d+) kB", status.read())[1])
        self.assertLess(resident, 400_000)
        self.assertEqual(self.ask(PREFIX + "metadata/timestamp.json")[0].status, 200)

    def test_many_at_a_time(self):
        self.serve()
        whole, problems = (self.repo / "metadata/1.root.json").read_bytes(), []

        def ask():
            try:
                connection = self.connect()
                for _ in range(5):
                    response, body = self.ask(PREFIX + "metadata/1.root.json", connection=connection)
                    if (response.status, body) != (200, whole):
                        problems.append(response.status)
                connection.close()
            except Exception as problem:  # collected for the one assertion below
                problems.append(repr(problem))

        threads = [threading.Thread(target=ask) for _ in range(60)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(problems, [])
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            self.assertLess(int(re.search(r"Threads:\s+(\d+)", status.read())[1]), 30)

    def test_the_log_of_requests_cannot_be_forged(self):
        self.serve()
        self.raw(b"GET /a\x1b[31m\x80\"\\x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", patience=10)
        self.raw(b"GET /b\rforged\x0bline HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", patience=10)
        self.ask(PREFIX + "metadata/timestamp.json")
        lines = self.stop().splitlines()
        self.assertTrue(all(re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ 127\.0\.0\.1 "[ !#-~]*" \d{3}', line) for line in lines), lines)
        self.assertIn('"GET /v1/criteria/metadata/timestamp.json" 200', lines[-1])
        self.assertTrue(any(r"\x1b[31m" in line for line in lines), lines)


class Transport(ServerCase):
    def test_tls_1_2_and_1_3_only(self):
        self.serve()
        for version, name in ((ssl.TLSVersion.TLSv1_2, "TLSv1.2"), (ssl.TLSVersion.TLSv1_3, "TLSv1.3")):
            context = ssl.create_default_context(cafile=self.tls / "ca.pem")
            context.minimum_version = context.maximum_version = version
            connection = self.connect(context)
            self.assertEqual(self.ask(PREFIX + "metadata/timestamp.json", connection=connection)[0].status, 200)
            self.assertEqual(connection.sock.version() if connection.sock else name, name)
        warnings.simplefilter("ignore", DeprecationWarning)
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.load_verify_locations(self.tls / "ca.pem")
        old.set_ciphers("ALL:@SECLEVEL=0")
        old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
        with self.assertRaises(ssl.SSLError):
            self.ask(PREFIX + "metadata/timestamp.json", connection=self.connect(old))

    def test_the_certificate_is_for_this_host_alone(self):
        self.serve()
        with self.assertRaises(ssl.SSLCertVerificationError):
            self.ask(PREFIX + "metadata/timestamp.json", connection=self.connect(ssl.create_default_context()))
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as plain, self.assertRaises(ssl.SSLCertVerificationError):
            self.context.wrap_socket(plain, server_hostname="localhost")
        for host, good in (("gateway.example", True), ("::1", True), ("a,DNS:b", False), ("", False), ("a b", False)):
            run = gateway("tls", "new", self.folder / f"tls-{len(host)}", "--host", host)
            self.assertEqual(run.status, 0 if good else 2, f"{host}: {run.err}")
        self.assertEqual(gateway("tls", "new", self.tls).status, 2)
        self.assertEqual(os.stat(self.tls / "server.key").st_mode & 0o777, 0o600)


class Starting(ServerCase):
    def start(self, **changes):
        options = {"--repo": self.repo, "--port": 0, "--certificate": self.tls / "server.pem", "--key": self.tls / "server.key",
                   "--seconds": 5, **changes}
        return gateway("serve", *(part for option in options.items() for part in option), timeout=30)

    def test_what_is_wrong_is_said(self):
        self.serve()
        other = self.folder / "other"
        self.assertEqual(gateway("tls", "new", other).status, 0)
        cases = [({"--port": self.port}, 5, f"127.0.0.1 port {self.port} is in use"),
                 ({"--certificate": self.folder / "none"}, 3, "no such file"),
                 ({"--key": self.folder / "none"}, 3, "no such file"), ({"--certificate": self.tls / "server.key"}, 3,
                                                                        "no certificate in PEM"),
                 ({"--key": self.tls / "server.pem"}, 3, "no private key in PEM"), ({"--key": other / "server.key"}, 3,
                                                                                    "does not belong to the certificate"),
                 ({"--repo": self.folder}, 3, "holds no repository"), ({"--address": "203.0.113.1"}, 5,
                                                                       "203.0.113.1 port 0 cannot be used"),
                 ({"--port": 70_000}, 2, ""), ({"--seconds": -1}, 2, "")]
        for changes, status, says in cases:
            run = self.start(**changes)
            self.assertEqual(run.status, status, f"{changes}: {run.out}{run.err}")
            self.assertIn(says, run.err)

    def test_an_expired_certificate_is_not_served(self):
        expired = self.folder / "expired"
        run = gateway("tls", "new", expired, before=("faketime", "-f", "-1000d"))
        self.assertEqual(run.status, 0, run.err)
        run = self.start(**{"--certificate": expired / "server.pem", "--key": expired / "server.key"})
        self.assertEqual(run.status, 3)
        self.assertIn("the certificate has expired", run.err)

    def test_it_ends_when_it_is_told_at_its_very_start(self):
        for _ in range(20):
            self.serve()
            self.process.terminate()
            self.assertEqual(self.process.wait(20), 0)

    def test_it_ends_when_it_is_told_and_when_its_time_is_over(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            self.serve()
            self.ask(PREFIX + "metadata/timestamp.json")
            self.process.send_signal(number)
            self.assertEqual(self.process.wait(20), 0)
        started = time.monotonic()
        self.assertEqual(self.start(**{"--seconds": 1}).status, 0)
        self.assertLess(time.monotonic() - started, 15)

    def test_the_port_is_said_in_a_file_and_on_the_standard_output(self):
        port_file = self.folder / "port"
        command = [str(GATEWAY), "serve", "--repo", self.repo, "--port", "0", "--certificate", self.tls / "server.pem",
                   "--key", self.tls / "server.key", "--port-file", port_file, "--seconds", "20"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment()) as process:
            line = process.stdout.readline().decode()
            self.assertEqual(line, f"https://127.0.0.1:{port_file.read_text().strip()}/v1/criteria/\n")
            process.terminate()
            self.assertEqual(process.wait(20), 0)


if __name__ == "__main__":
    main()
