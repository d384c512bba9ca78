// greenlane-bench: how fast the engine is, as ratios against references by hand that run in the same process.
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <iostream>

#include "figures.h"
#include "report.h"
#include "verify.h"

namespace greenlane::bench {

Plan Plan::for_smoke_test() {
  return {.quick = true,
          .dense = {10, 100, 300},
          .sparse = {100, 300},
          .goods = 500,
          .declarations = 500,
          .file_criteria = 100,
          .passes = 1,
          .least_seconds = 0,
          .table_rows = 2'000,
          .loads = 1,
          .explanations = 10,
          .short_stream = 500,
          .long_stream = 2'000};
}

void say(const std::string& what) {
  if (isatty(STDERR_FILENO) != 0) std::cerr << "greenlane-bench: " << what << std::endl;
}

namespace {

/// Removed with everything in it.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "greenlane-bench-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a temporary folder: " + name);
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

constexpr const char* usage =
    "usage: greenlane-bench [verify] [--json] [--quick]\n\n"
    "Measures the engine against references by hand, in about three minutes.\n"
    "  verify   the verification of signatures, against OpenSSL alone; half a minute\n"
    "  --json   one JSON object in place of the table\n"
    "  --quick  tiny sizes: whether engine and references agree; its times mean nothing\n";

int run(bool json, const Plan& plan) {
  const TemporaryFolder folder;
  const Bench bench{plan, World(71), folder.path(), std::filesystem::read_symlink("/proc/self/exe").string()};
  Figures figures;
  figures.memory = measure_memory(bench);  // while this process is small, see there
  figures.dense = measure_evaluation(bench, Mix::dense, plan.dense);
  figures.sparse = measure_evaluation(bench, Mix::sparse, plan.sparse);
  figures.file = measure_files(bench);
  figures.table = measure_table(bench);
  figures.korea = measure_korea(bench);
  std::cout << (json ? to_json(figures, plan.quick) + "\n" : to_table(figures)) << std::flush;
  return 0;
}

int run(int count, char** arguments) {
  bool json = false, quick = false, verify = false;
  if (count == 3 && std::strcmp(arguments[1], "--screen") == 0) return screen_standard_input(arguments[2]);
  for (int i = 1; i < count; ++i) {
    if (i == 1 && std::strcmp(arguments[i], "verify") == 0) {
      verify = true;
    } else if (std::strcmp(arguments[i], "--json") == 0) {
      json = true;
    } else if (std::strcmp(arguments[i], "--quick") == 0) {
      quick = true;
    } else {
      const bool asked = std::strcmp(arguments[i], "--help") == 0;
      (asked ? std::cout : std::cerr) << usage;
      return asked ? 0 : 2;
    }
  }
  if (verify) return run_verify(json, quick);
  return run(json, quick ? Plan::for_smoke_test() : Plan{});
}

}  // namespace
}  // namespace greenlane::bench

int main(int count, char** arguments) {
  try {
    return greenlane::bench::run(count, arguments);
  } catch (const std::exception& error) {
    std::cerr << "greenlane-bench: " << error.what() << "\n";
    return 1;
  }
}
