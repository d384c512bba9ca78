// The index of the keys of a home, and the files beside it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "greenlane/keys.h"
#include "greenlane/result.h"
#include "trust/key_ring.h"

namespace greenlane::client {

/// The folder `keys` of a home. One thread.
class KeyIndex {
 public:
  /// Errors: not_found, where there is no index; invalid_key, where others may put files into the folder; what KeyRing::read() says.
  static Result<KeyIndex> open(const std::string& home);
  /// Makes the folder with an empty index. Errors: invalid_argument, where there is an index; io.
  static Result<KeyIndex> create(const std::string& home);

  const std::vector<trust::KeyRecord>& records() const noexcept { return records_; }
  std::string key_file(std::string_view id) const { return folder_ + std::string(id) + ".pem"; }

  /// Keeps other processes out, reads the index anew, lets `change` work on the records, and writes them durably after
  /// `before_writing`, which sees that they can be written. Nothing is written where one of the two fails. Errors: io, retryable, where
  /// another process changes the index; invalid_document, where the records are none of a list; those of the two.
  Result<void> change(const std::function<Result<void>(std::vector<trust::KeyRecord>&)>& change,
                      const std::function<Result<void>()>& before_writing);

 private:
  explicit KeyIndex(const std::string& home);
  Result<void> read();

  std::string folder_;  ///< with its slash
  std::string path_;
  std::vector<trust::KeyRecord> records_;
  std::string log_origin_;
};

KeyInfo info_of(const trust::KeyRecord& record, const KeyIndex& index);

}  // namespace greenlane::client
