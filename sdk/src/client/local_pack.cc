// Loading, checking, testing and building packs of the enterprise's own.
#include <utility>

#include "client/pack_check.h"
#include "client/pack_files.h"
#include "greenlane/pack.h"
#include "screening/pack_tests.h"

namespace greenlane {
namespace {

using client::CompiledFiles;

/// Compiles the pack and runs its tests.
Result<CompiledFiles> checked(const std::string& path) {
  CompiledFiles files = client::compile_files(path);
  if (auto mistake = client::first_mistake(files.issues)) return *std::move(mistake);
  if (auto failed = client::failed_tests(*files.pack)) {
    const auto origin = files.origins.find(failed->source);
    const bool known = origin != files.origins.end();
    failed->source = known ? origin->second.file : path;
    if (known) failed->pointer = origin->second.pointer + "/tests";
    return *std::move(failed);
  }
  return files;
}

}  // namespace

Result<LocalPack> load_local_pack(const std::string& path) {
  auto files = checked(path);
  if (!files.ok()) return files.error();
  return LocalPack(std::move(files->pack));
}

std::vector<PackProblem> lint_pack(const std::string& path) {
  std::vector<PackProblem> problems;
  for (criteria::PackIssue& issue : client::compile_files(path).issues) {
    problems.push_back({issue.is_error, std::move(issue.error)});
  }
  return problems;
}

Result<std::vector<PackTestResult>> test_pack(const std::string& path) {
  const CompiledFiles files = client::compile_files(path);
  if (auto mistake = client::first_mistake(files.issues)) return *std::move(mistake);
  return screening::run_pack_tests(*files.pack);
}

Result<std::string> build_pack(const std::string& path) {
  auto files = checked(path);
  if (!files.ok()) return files.error();
  return std::move(files->bytes);
}

}  // namespace greenlane
