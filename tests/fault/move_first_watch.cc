// A hot folder with a planted fault: inputs are moved before their answers are brought out. The kill test has to find it.
//
//     greenlane-move-first-watch IN OUT DONE FAILED PACK
#include <cstdio>

#include "client/hot_folder.h"

namespace greenlane::client {

struct HotFolderFault {
  static void move_first(HotFolder& folder) { folder.steps_ = {&HotFolder::archive, &HotFolder::publish, &HotFolder::record}; }
};

namespace {

Result<void> watch(char** arguments) {
  auto pack = load_local_pack(arguments[5]);
  if (!pack.ok()) return std::move(pack).error();
  const std::vector<Pack> packs = {*std::move(pack)};
  const WatchFolders folders = {arguments[1], arguments[2], arguments[3], arguments[4]};
  WatchOptions options;
  options.interval = std::chrono::milliseconds(10);
  HotFolder folder(folders, packs, options);
  HotFolderFault::move_first(folder);
  if (auto opened = folder.open(); !opened.ok()) return opened;
  return folder.run();
}

}  // namespace
}  // namespace greenlane::client

int main(int argc, char** argv) {
  if (argc != 6) return 2;
  const auto outcome = greenlane::client::watch(argv);
  if (outcome.ok()) return 0;
  std::fprintf(stderr, "%s\n", outcome.error().to_text().c_str());
  return 3;
}
