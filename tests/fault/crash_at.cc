// Loaded before a program (LD_PRELOAD): ends it, as a loss of power does, just before its change number CRASH_AT to the file system;
// changes are counted from 1. With CRASH_COUNT=FILE their number is written there at the end.
//
// With CRASH_SLOW_SWAP two folders are not exchanged in one step but file by file: a planted fault that tests have to find.
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

std::atomic<long> changes{0};

/// Called before each change.
void count() {
  static const char* const text = std::getenv("CRASH_AT");
  static const long at = text == nullptr ? 0 : std::atol(text);
  if (++changes == at) _exit(137);
}

template <typename Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

/// The files of `from` in the place of those of `to`, one by one.
int slow_swap(const char* from, const char* to) {
  DIR* folder = opendir(from);
  if (folder == nullptr) return -1;
  while (const dirent* entry = readdir(folder)) {
    if (entry->d_name[0] != '.') rename((std::string(from) + "/" + entry->d_name).c_str(), (std::string(to) + "/" + entry->d_name).c_str());
  }
  return closedir(folder);
}

__attribute__((destructor)) void write_count() {
  const char* const path = std::getenv("CRASH_COUNT");
  std::FILE* const file = path == nullptr ? nullptr : std::fopen(path, "w");
  if (file == nullptr) return;
  std::fprintf(file, "%ld\n", changes.load());
  std::fclose(file);
}

}  // namespace

extern "C" {

int rename(const char* from, const char* to) {
  count();
  return next<decltype(rename)>("rename")(from, to);
}

int renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags) {
  if ((flags & RENAME_EXCHANGE) != 0 && std::getenv("CRASH_SLOW_SWAP") != nullptr) return slow_swap(from, to);
  count();
  return next<decltype(renameat2)>("renameat2")(from_folder, from, to_folder, to, flags);
}

int link(const char* from, const char* to) {
  count();
  return next<decltype(link)>("link")(from, to);
}

int mkdir(const char* path, mode_t mode) {
  count();
  return next<decltype(mkdir)>("mkdir")(path, mode);
}

int unlink(const char* path) {
  count();
  return next<decltype(unlink)>("unlink")(path);
}

int unlinkat(int folder, const char* path, int flags) {
  count();
  return next<decltype(unlinkat)>("unlinkat")(folder, path, flags);
}

int rmdir(const char* path) {
  count();
  return next<decltype(rmdir)>("rmdir")(path);
}

int remove(const char* path) {
  count();
  return next<decltype(remove)>("remove")(path);
}

int fsync(int descriptor) {
  count();
  return next<decltype(fsync)>("fsync")(descriptor);
}
}
