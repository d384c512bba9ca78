#include "client/hot_folder_names.h"

#include <algorithm>

#include "base/utf8.h"
#include "client/durable_files.h"

namespace greenlane::client {
namespace {

constexpr WatchOutcome outcomes[] = {WatchOutcome::no_findings, WatchOutcome::undecided, WatchOutcome::findings, WatchOutcome::failed};
constexpr std::size_t max_ending_bytes = 16;

/// Where the ending of `name` begins, its point included.
std::size_t ending_of(std::string_view name) noexcept {
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 || name.size() - dot > max_ending_bytes ? name.size() : dot;
}

/// Whether `byte` continues a character of UTF-8.
bool continues(char byte) noexcept { return (static_cast<unsigned char>(byte) & 0xC0u) == 0x80u; }

}  // namespace

std::string path_in(const std::string& folder, std::string_view name) {
  std::string path = folder;
  if (!path.ends_with('/')) path += '/';
  return path.append(name);
}

std::string temporary_name(std::string_view name) { return std::string(own_prefix).append(name); }

std::vector<std::string> answer_names(std::string_view label) {
  std::vector<std::string> names = {std::string(label) + ".json", std::string(label) + ".txt"};
  for (const WatchOutcome outcome : outcomes) names.push_back(std::string(answer_prefix(outcome)).append(label));
  return names;
}

std::string printable(std::string_view name) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  const auto escape = [&](char byte) {
    const auto value = static_cast<unsigned char>(byte);
    out.append("\\x").append(1, digits[value >> 4u]).append(1, digits[value & 15u]);
  };
  while (!name.empty()) {
    const std::string_view good = name.substr(0, utf8::first_invalid(name));
    for (const char byte : good) {
      const bool control = static_cast<unsigned char>(byte) < 0x20 || byte == 0x7f;
      control || byte == '\\' ? escape(byte) : out.push_back(byte);
    }
    name.remove_prefix(good.size());
    if (name.empty()) break;
    escape(name.front());
    name.remove_prefix(1);
  }
  return out;
}

std::string numbered(std::string_view name, std::size_t number) {
  std::size_t ending = ending_of(name);
  const std::string suffix = number > 1 ? "~" + std::to_string(number) : "";
  std::size_t kept = std::min(ending, max_label_bytes - (name.size() - ending) - suffix.size());
  while (kept < ending && kept > 0 && continues(name[kept])) --kept;
  return std::string(name.substr(0, kept)).append(suffix).append(name.substr(ending));
}

bool FreeLabels::is_free(const std::string& label) const {
  if (is_taken(path_in(folders_.done, label)) || is_taken(path_in(folders_.failed, label))) return false;
  const auto names = answer_names(label);
  return std::none_of(names.begin(), names.end(), [&](const std::string& name) { return taken_.contains(name) || is_taken(path_in(folders_.out, name)); });
}

std::string FreeLabels::take(const std::string& name) {
  // A name may have been sent many thousand times: the numbers are searched by doubling, then by halves.
  std::size_t free = 1;
  std::size_t taken = 0;
  for (; !is_free(numbered(name, free)); free *= 2) taken = free;
  while (free - taken > 1) {
    const std::size_t middle = taken + (free - taken) / 2;
    (is_free(numbered(name, middle)) ? free : taken) = middle;
  }
  std::string label = numbered(name, free);
  for (std::string& each : answer_names(label)) taken_.insert(std::move(each));
  return label;
}

}  // namespace greenlane::client
