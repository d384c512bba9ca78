"""The program of docs/keys.md and the commands before it, with a token of SoftHSM: token_test.py PROGRAM"""
import os
import pathlib
import subprocess
import sys
import tempfile

MODULE = "/usr/lib/softhsm/libsofthsm2.so"
GREENLANE = pathlib.Path(os.environ["GREENLANE_BIN"]) / "greenlane"
MESSAGE = b"a message to customs"


def run(*command, **more):
    return subprocess.run([str(part) for part in command], capture_output=True, check=True, **more).stdout


with tempfile.TemporaryDirectory(prefix="greenlane-test-") as name:
    folder = pathlib.Path(name)
    (folder / "tokens").mkdir()
    (folder / "home").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\n", encoding="utf-8")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    run("softhsm2-util", "--init-token", "--free", "--label", "customs", "--so-pin", "87654321", "--pin", "1234")
    run("pkcs11-tool", "--module", MODULE, "--token-label", "customs", "--login", "--pin", "1234",
        "--keypairgen", "--key-type", "EC:prime256v1", "--label", "filing", "--id", "01")
    run("pkcs11-tool", "--module", MODULE, "--token-label", "customs", "--read-object", "--type", "pubkey", "--label", "filing", "-o", folder / "filing.der")
    run(GREENLANE, "--home", folder / "home", "keys", "new", "--owner", "110000XXXXXX0001")
    shown = run(GREENLANE, "--home", folder / "home", "keys", "import", folder / "filing.der").decode()
    assert "elsewhere (hardware)" in shown, shown
    run(GREENLANE, "--home", folder / "home", "keys", "export", shown[:16], "-o", folder / "public.pem")

    (folder / "message").write_bytes(MESSAGE)
    (folder / "signature").write_bytes(run(sys.argv[1], MODULE, "customs", "filing", input=MESSAGE, env={**os.environ, "PIN": "1234"}))
    run("openssl", "dgst", "-sha256", "-verify", folder / "public.pem", "-signature", folder / "signature", folder / "message")

    refused = subprocess.run([sys.argv[1], MODULE, "customs", "filing"], input=MESSAGE, capture_output=True, env={**os.environ, "PIN": "4321"}, check=False)
    assert refused.returncode == 3 and b"PIN" in refused.stderr and b"4321" not in refused.stderr, refused
print("signed and verified")
