// A publication log in memory, as an authority writes and serves it.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "crypto/merkle.h"
#include "trust/checkpoint.h"
#include "trust/log_tiles.h"
#include "trust/publication_log.h"
#include "trust/source.h"

namespace greenlane::test {

inline std::string entry_number(std::size_t number, const std::string& path = "criteria/pack") {
  return trust::Publication{.path = path + std::to_string(number) + ".json",
                            .digest = "sha256:" + crypto::sha256_hex(path + std::to_string(number)),
                            .length = 1'000 + number,
                            .published_at = "2026-06-01T00:00:00Z"}
      .to_entry();
}

class LogServer final : public trust::Source {
 public:
  explicit LogServer(std::string origin) : origin_(std::move(origin)) {}

  /// Entries as given, which may be none that a client takes.
  void append(std::string entry) {
    tree_.append(entry);
    entries_.push_back(std::move(entry));
  }
  void append_many(std::size_t count, const std::string& path = "criteria/pack") {
    for (std::size_t i = 0; i < count; ++i) append(entry_number(entries_.size(), path));
  }
  trust::Checkpoint checkpoint() const { return {origin_, tree_.size(), tree_.root()}; }
  const std::vector<std::string>& entries() const noexcept { return entries_; }

  /// Writes what is new, then the checkpoint.
  void publish(Signer& signer) {
    for (trust::LogFile& file : trust::new_log_files(entries_, tree_, published_).value()) files["log/" + file.path] = std::move(file.bytes);
    files["log/checkpoint"] = trust::sign_checkpoint(checkpoint(), {&signer}).value();
    published_ = entries_.size();
  }

  Result<std::optional<std::string>> fetch(std::string_view path, std::size_t max_bytes) override {
    fetched.emplace_back(path);
    const auto at = files.find(std::string(path));
    if (at == files.end()) return std::optional<std::string>();
    if (at->second.size() > max_bytes) return Error{.code = ErrorCode::limit_exceeded, .message = "too long", .source = std::string(path)};
    return std::optional(at->second);
  }

  std::map<std::string, std::string> files;
  std::vector<std::string> fetched;

 private:
  std::string origin_;
  std::vector<std::string> entries_;
  crypto::MerkleTree tree_;
  std::size_t published_ = 0;
};

}  // namespace greenlane::test
