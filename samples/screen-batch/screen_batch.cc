// Screens every declaration of a folder or file and counts what came of them.
//
//   sample-screen-batch PACK PATH [THREADS]
#include <cstdlib>
#include <iostream>

#include "greenlane/pack.h"
#include "greenlane/screening.h"

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: sample-screen-batch PACK PATH [THREADS]\n";
    return 2;
  }
  const auto pack = greenlane::load_local_pack(argv[1]);
  if (!pack) {
    std::cerr << pack.error().to_text() << '\n';
    return 1;
  }

  greenlane::BatchOptions options;
  options.jobs = argc > 3 ? static_cast<unsigned>(std::strtoul(argv[3], nullptr, 10)) : 2;
  // Called on this thread, in the order of the inputs, for any number of threads.
  const auto on_item = [](greenlane::BatchItem&& item) -> greenlane::Result<void> {
    std::cout << item.source.file << ": ";
    if (item.error) {
      std::cout << "refused, " << item.error->message << '\n';
    } else {
      std::cout << lane(item.assessment->level) << ", " << item.assessment->findings.size() << " findings, "
                << item.assessment->undetermined.size() << " not decided\n";
    }
    return {};
  };
  const auto summary = greenlane::screen_files({argv[2]}, {*pack}, options, on_item);
  if (!summary) {
    std::cerr << summary.error().to_text() << '\n';
    return 1;
  }
  std::cout << summary->screened << " screened, " << summary->refused << " refused\n";
  for (const auto level :
       {greenlane::Level::high, greenlane::Level::medium, greenlane::Level::low, greenlane::Level::none}) {
    std::cout << to_string(level) << ": " << summary->by_level[static_cast<std::size_t>(level)] << '\n';
  }
}
