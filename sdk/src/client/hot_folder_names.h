// What files of a hot folder are called.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "greenlane/watch.h"

namespace greenlane::client {

/// Names of greenlane's own files begin so: hidden, and never an input.
inline constexpr std::string_view own_prefix = ".greenlane-";
inline constexpr std::string_view lock_name = ".greenlane-lock";
inline constexpr std::string_view journal_name = ".greenlane-journal";
inline constexpr std::string_view status_name = ".greenlane-status.json";
inline constexpr std::string_view probe_name = ".greenlane-probe";

/// Most bytes of a label: with prefix or ending it stays below the 255 bytes that file systems allow for a name.
inline constexpr std::size_t max_label_bytes = 200;

/// FOLDER/NAME
std::string path_in(const std::string& folder, std::string_view name);
/// The name under which an answer is written before it is complete.
std::string temporary_name(std::string_view name);
/// The names that an answer may take in the folder of answers: NAME.json, NAME.txt, and one for each outcome.
std::vector<std::string> answer_names(std::string_view label);
/// Bytes that are no printable UTF-8, and backslashes, as \xHH: unambiguous, and fit for documents and lines.
std::string printable(std::string_view name);

/// Finds labels under which nothing is answered or archived yet.
class FreeLabels {
 public:
  explicit FreeLabels(const WatchFolders& folders) : folders_(folders) {}

  /// `name`, or with ~2, ~3, … before its ending where that is taken; a name over max_label_bytes is cut. It stays taken until
  /// clear().
  std::string take(const std::string& name);
  void clear() { taken_.clear(); }

 private:
  bool is_free(const std::string& label) const;
  const WatchFolders& folders_;
  std::set<std::string, std::less<>> taken_;  ///< names of answers that are being written
};

/// `name` with ~NUMBER before its ending; with 1 as it is.
std::string numbered(std::string_view name, std::size_t number);

}  // namespace greenlane::client
