#include "client/own_document.h"

#include <algorithm>
#include <utility>

#include "base/utc_time.h"
#include "trust/target.h"

namespace greenlane::client {

Result<OwnDocument> OwnDocument::read(std::string_view json, std::string_view format, const std::string& source, const json::Limits& limits) {
  auto value = json::parse(json, limits);
  if (!value.ok()) {
    value.error().source = source;
    return std::move(value).error();
  }
  OwnDocument document(std::make_unique<json::Value>(*std::move(value)), source);
  if (!document.fields_.is(document.root_, json::Kind::object)) return document.fields_.error();
  if (document.fields_.text(document.root_, "format") != format) document.fields_.refuse("/format", "the format should be " + std::string(format));
  if (!document.fields_.ok()) return document.fields_.error();
  return document;
}

void OwnDocument::only(const trust::Place& object, std::initializer_list<std::string_view> names) {
  for (const json::Member& member : object.object()) {
    if (std::find(names.begin(), names.end(), member.key) != names.end()) continue;
    fields_.refuse(json::pointer_child(object.pointer, member.key), "the key is not known");
  }
}

std::chrono::sys_seconds OwnDocument::time(const trust::Place& object, std::string_view key) {
  if (const auto time = parse_utc(fields_.text(object, key))) return *time;
  fields_.refuse(json::pointer_child(object.pointer, key), "a time such as 2026-01-31T23:59:59Z is expected");
  return {};
}

std::optional<std::chrono::sys_seconds> OwnDocument::optional_time(const trust::Place& object, std::string_view key) {
  if (object.value->find(key) == nullptr) return std::nullopt;
  return time(object, key);
}

std::string OwnDocument::digest(const trust::Place& object, std::string_view key) {
  const std::string_view text = fields_.text(object, key);
  if (!is_sha256(text)) fields_.refuse(json::pointer_child(object.pointer, key), "\"sha256:\" and 64 hexadecimal digits are expected");
  return std::string(text);
}

bool is_sha256(std::string_view text) noexcept {
  constexpr std::string_view algorithm = "sha256:";
  return text.starts_with(algorithm) && trust::is_digest("sha256", text.substr(algorithm.size()));
}

}  // namespace greenlane::client
