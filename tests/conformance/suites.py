"""The public suites hold whole: no case of them fails, and as many run as when this was written.

What a suite needs that the library does not have is skipped and counted by greenlane-conformance, never here.
"""
import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(os.environ.get("GREENLANE_TEST_DATA", ROOT.parent / "shared" / "data"))
PROGRAM = pathlib.Path(os.environ.get("GREENLANE_BIN", ROOT / "build" / "dev" / "bin")) / "greenlane-conformance"
# suite, cases, the least that must pass
SUITES = [
    ("cel", "cel/cases.ndjson", 1246),
    ("json", "vectors/json-test-suite/cases.ndjson", 283),
    ("wycheproof", "vectors/wycheproof/ecdsa_secp256r1_sha256_test.json", 484),
    ("wycheproof", "vectors/wycheproof/ecdsa_secp256r1_sha256_p1363_test.json", 262),
    ("wycheproof", "vectors/wycheproof/ed25519_test.json", 151),
    ("wycheproof", "vectors/wycheproof/aes_gcm_test.json", 316),
    ("wycheproof", "vectors/wycheproof/hmac_sha256_test.json", 174),
    ("wycheproof", "vectors/sm/hmac_sm3_test.json", 174),
    ("wycheproof", "vectors/sm/sm4_gcm_test.json", 0),
    ("sm", "vectors/sm/sm2-verify.json", 5),
    ("sm", "vectors/sm/evpmd_sm3.txt", 8),
    ("sm", "vectors/sm/evpmac_sm3.txt", 4),
    ("sm", "vectors/sm/evpciph_sm4.txt", 1),
]


def run(suite, cases, least):
    made = subprocess.run([PROGRAM, suite, cases], capture_output=True, text=True, errors="replace", check=False)
    lines = made.stdout.splitlines()
    count = re.fullmatch(r"(\d+) passed, (\d+) failed, (\d+) skipped", lines[-1] if lines else "")
    if made.returncode == 0 and count and int(count[1]) >= least and int(count[2]) == 0:
        print(f"{suite} {cases.name}: {lines[-1]}")
        return True
    print(f"{suite} {cases.name}: exit status {made.returncode}, expected 0 failed and {least} passed or more\n{made.stdout}{made.stderr}")
    return False


if not all((DATA / cases).exists() for _, cases, _ in SUITES):
    print("skipped: no test data")
    raise SystemExit(0)
outcomes = [run(suite, DATA / cases, least) for suite, cases, least in SUITES]
raise SystemExit(0 if all(outcomes) else 1)
