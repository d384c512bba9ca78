// Screens the rows of a CSV file; a mapping file says which column is which field. Nothing has to be
// converted first.
//
//   sample-read-csv PACK MAPPING.json FILE.csv
#include <iostream>

#include "greenlane/pack.h"
#include "greenlane/screening.h"

namespace {

greenlane::Result<void> print(greenlane::BatchItem&& item) {
  std::cout << "line " << item.line << ": ";
  // A row that cannot be read says where and why; the others are still screened.
  if (item.error) {
    std::cout << "refused: " << item.error->message << '\n';
    return {};
  }
  std::cout << item.assessment->declaration_id << ' ' << lane(item.assessment->level) << '\n';
  for (const auto& finding : item.assessment->findings) {
    std::cout << "  " << finding.criterion->key() << ": " << finding.message.in("en") << '\n';
  }
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: sample-read-csv PACK MAPPING.json FILE.csv\n";
    return 2;
  }
  const auto pack = greenlane::load_local_pack(argv[1]);
  if (!pack) {
    std::cerr << pack.error().to_text() << '\n';
    return 1;
  }
  greenlane::BatchOptions options;
  options.input = {.format = "csv", .mapping = argv[2]};
  const auto summary = greenlane::screen_files({argv[3]}, {*pack}, options, print);
  if (!summary) {
    std::cerr << summary.error().to_text() << '\n';
    return 1;
  }
  std::cout << summary->screened << " screened, " << summary->refused << " refused\n";
}
