// greenlane-conformance: measures the library against public conformance suites.
#include <algorithm>
#include <array>
#include <iostream>
#include <string>
#include <string_view>

#include "cases.h"

namespace greenlane::conformance {
namespace {

struct Suite {
  std::string_view name;
  bool (*run)(const std::string& path, std::ostream& out, Tally& tally);
};

constexpr std::array suites{Suite{"cel", run_cel}, Suite{"json", run_json}, Suite{"wycheproof", run_wycheproof}, Suite{"sm", run_sm}};

int run(int argc, char** argv) {
  const auto suite = std::find_if(suites.begin(), suites.end(), [&](const Suite& known) { return argc == 3 && known.name == argv[1]; });
  if (suite == suites.end()) {
    std::cerr << "usage: greenlane-conformance cel|json|wycheproof|sm FILE\n"
                 "example: greenlane-conformance wycheproof ../shared/data/vectors/wycheproof/ed25519_test.json\n";
    return 2;
  }
  Tally tally;
  if (!suite->run(argv[2], std::cout, tally)) {
    std::cerr << argv[2] << ": cannot be read\n";
    return 3;
  }
  for (const auto& [need, cases] : tally.skipped_by) std::cout << "skipped for " << need << ": " << cases << '\n';
  std::cout << tally.passed << " passed, " << tally.failed << " failed, " << tally.skipped << " skipped\n";
  return tally.failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace greenlane::conformance

int main(int argc, char** argv) { return greenlane::conformance::run(argc, argv); }
