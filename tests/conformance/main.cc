// greenlane-conformance: measures the library against public conformance suites.
#include <iostream>
#include <string>

#include "cases.h"

int main(int argc, char** argv) {
  using namespace greenlane::conformance;
  const std::string suite = argc == 3 ? argv[1] : "";
  if (suite != "cel" && suite != "json") {
    std::cerr << "usage: greenlane-conformance cel|json FILE.ndjson\n"
                 "example: greenlane-conformance cel ../shared/data/cel/cases.ndjson\n";
    return 2;
  }
  Tally tally;
  const bool read = suite == "cel" ? run_cel(argv[2], std::cout, tally) : run_json(argv[2], std::cout, tally);
  if (!read) {
    std::cerr << argv[2] << ": cannot be read\n";
    return 3;
  }
  for (const auto& [need, cases] : tally.skipped_by) std::cout << "skipped for " << need << ": " << cases << '\n';
  std::cout << tally.passed << " passed, " << tally.failed << " failed, " << tally.skipped << " skipped\n";
  return tally.failed == 0 ? 0 : 1;
}
