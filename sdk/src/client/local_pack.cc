// Loading, checking, testing and building packs of the enterprise's own.
#include <algorithm>
#include <utility>

#include "client/pack_files.h"
#include "greenlane/pack.h"
#include "screening/pack_tests.h"

namespace greenlane {
namespace {

using client::CompiledFiles;

const Error* first_error(const CompiledFiles& files) {
  for (const criteria::PackIssue& issue : files.issues) {
    if (issue.is_error) return &issue.error;
  }
  return nullptr;
}

Error failed_tests(const std::string& path, const CompiledFiles& files, const std::vector<PackTestResult>& failed) {
  const PackTestResult& first = failed.front();
  Error error{.code = ErrorCode::failed_test, .source = path};
  if (const auto origin = files.origins.find(first.criterion); origin != files.origins.end()) {
    error.source = origin->second.file;
    error.pointer = origin->second.pointer + "/tests";
  }
  error.message = "criterion " + first.criterion + ": its test \"" + first.test + "\" expects " + first.expected + " but gives " + first.outcome;
  if (failed.size() > 1) error.message += " (and " + std::to_string(failed.size() - 1) + " more tests fail)";
  error.message += "; a pack whose own tests fail is not used";
  return error;
}

/// Compiles the pack and runs its tests.
Result<CompiledFiles> checked(const std::string& path) {
  CompiledFiles files = client::compile_files(path);
  if (const Error* error = first_error(files)) return *error;
  std::vector<PackTestResult> failed;
  for (PackTestResult& result : screening::run_pack_tests(*files.pack)) {
    if (!result.passed) failed.push_back(std::move(result));
  }
  if (!failed.empty()) return failed_tests(path, files, failed);
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
  if (const Error* error = first_error(files)) return *error;
  return screening::run_pack_tests(*files.pack);
}

Result<std::string> build_pack(const std::string& path) {
  auto files = checked(path);
  if (!files.ok()) return files.error();
  return std::move(files->bytes);
}

}  // namespace greenlane
