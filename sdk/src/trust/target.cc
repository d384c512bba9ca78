#include "trust/target.h"

#include <algorithm>

#include "crypto/digest.h"
#include "trust/source.h"

namespace greenlane::trust {
namespace {

Error refused(std::string_view name, std::string message) {
  return {.code = ErrorCode::not_trusted, .message = std::move(message), .source = std::string(name)};
}

bool is_checked(std::string_view algorithm) noexcept { return algorithm == "sha256" || algorithm == "sha512"; }

/// The digest that names the file, or null.
const std::string* naming_digest(const Hashes& hashes) noexcept {
  for (const std::string_view algorithm : {"sha256", "sha512"}) {
    for (const auto& [name, digest] : hashes) {
      if (name == algorithm) return &digest;
    }
  }
  return nullptr;
}

}  // namespace

bool is_digest(std::string_view algorithm, std::string_view digest) noexcept {
  if (!is_checked(algorithm)) return true;
  const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  return digest.size() == (algorithm == "sha256" ? 64u : 128u) && std::all_of(digest.begin(), digest.end(), is_digit);
}

Result<void> check_content(std::string_view name, std::string_view bytes, std::optional<std::uint64_t> length, const Hashes& hashes) {
  if (length && bytes.size() != *length) {
    return refused(name, "the file has " + std::to_string(bytes.size()) + " bytes, not the " + std::to_string(*length) + " that are signed for");
  }
  if (hashes.empty()) return {};
  if (naming_digest(hashes) == nullptr) return refused(name, "no digest is signed for the file that can be checked; sha256 or sha512 is needed");
  for (const auto& [algorithm, digest] : hashes) {
    if (!is_checked(algorithm)) continue;
    const std::string found = algorithm == "sha256" ? crypto::sha256_hex(bytes) : crypto::sha512_hex(bytes);
    if (found != digest) return refused(name, "the file's " + algorithm + " is " + found + ", not the " + digest + " that is signed for");
  }
  return {};
}

Result<std::string> target_location(const TargetInfo& target, bool by_digest) {
  const std::string* const digest = naming_digest(target.hashes);
  if (digest == nullptr) return refused(target.path, "no digest is signed for the file that can be checked; sha256 or sha512 is needed");
  std::string location;
  std::string_view rest = target.path;
  while (true) {
    const std::size_t slash = rest.find('/');
    const std::string_view part = rest.substr(0, slash);
    if (part.empty() || part == "." || part == "..") {
      return refused(target.path, "the path of the target leads elsewhere; it needs parts between '/' that are neither empty nor \".\" nor \"..\"");
    }
    if (slash == std::string_view::npos) return location + (by_digest ? *digest + "." : "") + percent_encoded(part);
    location += percent_encoded(part) + "/";
    rest.remove_prefix(slash + 1);
  }
}

}  // namespace greenlane::trust
