// Runs public conformance suites and counts what passed.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <map>
#include <string>

namespace greenlane::conformance {

struct Tally {
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::size_t skipped = 0;
  std::map<std::string, std::size_t> skipped_by;  ///< need -> cases
};

/// CEL's simple tests as JSON lines. Each failure is a line on `out`.
bool run_cel(const std::string& path, std::ostream& out, Tally& tally);
/// JSONTestSuite as JSON lines.
bool run_json(const std::string& path, std::ostream& out, Tally& tally);
/// One file of Wycheproof: ECDSA P-256 in DER and P1363, Ed25519, AES-GCM, HMAC.
bool run_wycheproof(const std::string& path, std::ostream& out, Tally& tally);
/// Verification with SM2 (JSON), or SM3, HMAC-SM3 and SM4 in the format of OpenSSL's evp_test.
bool run_sm(const std::string& path, std::ostream& out, Tally& tally);

}  // namespace greenlane::conformance
