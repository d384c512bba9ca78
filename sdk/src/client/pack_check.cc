#include "client/pack_check.h"

#include <string>
#include <utility>

#include "screening/pack_tests.h"

namespace greenlane::client {

std::optional<Error> failed_tests(const criteria::CompiledPack& pack) {
  std::optional<Error> error;
  std::size_t failed = 0;
  for (PackTestResult& result : screening::run_pack_tests(pack)) {
    if (result.passed || failed++ > 0) continue;
    error = Error{.code = ErrorCode::failed_test,
                  .message = "criterion " + result.criterion + ": its test \"" + result.test + "\" expects " + result.expected + " but gives " + result.outcome,
                  .source = std::move(result.criterion)};
  }
  if (failed > 1) error->message += " (and " + std::to_string(failed - 1) + " more tests fail)";
  if (error) error->message += "; a pack whose own tests fail is not used";
  return error;
}

std::optional<Error> first_mistake(const std::vector<criteria::PackIssue>& issues) {
  for (const criteria::PackIssue& issue : issues) {
    if (issue.is_error) return issue.error;
  }
  return std::nullopt;
}

}  // namespace greenlane::client
