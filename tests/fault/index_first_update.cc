// An import of criteria with a planted fault: the index names packs before their files are written. The kill test has to find it.
//
//     greenlane-index-first-update HOME BUNDLE
#include <cstdio>

#include "client/bundle.h"
#include "client/criteria_updater.h"

namespace greenlane::client {

struct CriteriaUpdateFault {
  static void index_first(CriteriaUpdater& updater) {
    updater.steps_ = {&CriteriaUpdater::write_metadata, &CriteriaUpdater::write_index, &CriteriaUpdater::write_packs, &CriteriaUpdater::write_generation};
  }
};

namespace {

Result<CriteriaUpdate> import_index_first(char** arguments) {
  auto source = Bundle::open(arguments[2]);
  if (!source.ok()) return std::move(source).error();
  CriteriaUpdater updater(HomePaths(arguments[1]), *source, {});
  CriteriaUpdateFault::index_first(updater);
  return updater.run();
}

}  // namespace
}  // namespace greenlane::client

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const auto outcome = greenlane::client::import_index_first(argv);
  if (outcome.ok()) return 0;
  std::fprintf(stderr, "%s\n", outcome.error().to_text().c_str());
  return 3;
}
