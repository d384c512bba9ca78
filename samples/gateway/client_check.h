// Whether clients would take what is about to be released: the client's own code says.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "repository.h"
#include "trust/source.h"

namespace greenlane::gateway {

/// Bytes by path.
using Files = std::map<std::string, std::string, std::less<>>;

/// The folder of a repository, with other bytes in the place of some files.
class FolderSource final : public trust::Source {
 public:
  explicit FolderSource(std::string folder, Files changes = {}) : folder_(std::move(folder)), changes_(std::move(changes)) {}
  Result<std::optional<std::string>> fetch(std::string_view path, std::size_t max_bytes) override;

 private:
  std::string folder_;
  Files changes_;
};

/// Follows the repository with `changes` as a client does that has seen all of `released`, and as one that begins with the first root,
/// and checks every target of `files`. Error: what a client would say.
Result<void> check_as_client(const Repository& repository, const Released& released, Files changes,
                             const std::vector<trust::TargetInfo>& files, std::chrono::sys_seconds now);

}  // namespace greenlane::gateway
