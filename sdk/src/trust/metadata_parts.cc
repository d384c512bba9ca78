#include "trust/metadata_parts.h"

#include <algorithm>
#include <set>

#include "base/hex.h"
#include "base/text.h"
#include "base/utc_time.h"
#include "trust/olpc_json.h"

namespace greenlane::trust {
namespace {

/// "1.0" or "1.0.34": the first number says what a client must know.
bool is_known_version(std::string_view version) {
  const auto parts = text::split(version, '.');
  const auto is_number = [](std::string_view part) { return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos; };
  return (parts.size() == 2 || parts.size() == 3) && std::all_of(parts.begin(), parts.end(), is_number) && parts.front() == "1";
}

/// A snapshot or hash bins may list many files; how many bytes there may be in all is said where they are fetched.
constexpr json::Limits limits{.bytes = std::size_t{16} << 20, .keys = 100'000};

}  // namespace

Result<MetadataText> MetadataText::read(std::string_view role, std::string_view type, std::string_view bytes) {
  MetadataText text(role);
  auto parsed = json::parse(bytes, limits);
  if (!parsed.ok()) {
    parsed.error().source = role;
    return std::move(parsed).error();
  }
  text.file_ = *std::move(parsed);
  const Place file{&text.file_, ""};
  if (!text.fields_.is(file, json::Kind::object)) return text.fields_.error();
  text.body_ = text.fields_.need(file, "signed", json::Kind::object);
  text.read_signatures(file);
  text.read_common(type);
  if (!text.fields_.ok()) return text.fields_.error();
  auto canonical = olpc_json(*text.body_.value);
  if (!canonical.ok()) {
    canonical.error().source = role;
    canonical.error().pointer = "/signed" + canonical.error().pointer;
    return std::move(canonical).error();
  }
  text.common_.text.bytes = *std::move(canonical);
  return text;
}

void MetadataText::read_signatures(const Place& file) {
  const Place signatures = fields_.need(file, "signatures", json::Kind::array);
  const std::size_t count = signatures.value->array().size();
  if (count > max_signatures) {
    fields_.refuse(signatures.pointer, "there are " + std::to_string(count) + " signatures; at most " + std::to_string(max_signatures) + " are taken");
  }
  std::set<std::string_view> ids;
  for (std::size_t i = 0; i < count && fields_.ok(); ++i) {
    const Place at = child(signatures, i);
    if (!fields_.is(at, json::Kind::object)) return;
    const std::string_view id = fields_.text(at, "keyid");
    const Place digits = fields_.need(at, "sig", json::Kind::string);
    if (!ids.insert(id).second) fields_.refuse(at.pointer, "the key has signed twice; each key signs once");
    // What is not hexadecimal is no signature of anybody, which is not the fault of those that are.
    common_.text.signatures.push_back({std::string(id), from_hex(digits.value->string()).value_or("")});
  }
}

void MetadataText::read_common(std::string_view type) {
  const std::string_view said = fields_.text(body_, "_type");
  if (said != type) fields_.refuse("/signed/_type", "the metadata is of the type \"" + std::string(said) + "\", not \"" + std::string(type) + "\"");
  const std::string_view version = fields_.text(body_, "spec_version");
  if (!is_known_version(version)) {
    fields_.refuse("/signed/spec_version", "the metadata follows version \"" + std::string(version) + "\" of the specification; 1.x is known");
  }
  common_.version = fields_.integer(body_, "version", 1);
  const std::string_view expires = fields_.text(body_, "expires");
  const auto time = parse_utc(expires);
  if (!time) fields_.refuse("/signed/expires", "\"" + std::string(expires) + "\" is not a time such as 2026-01-31T23:59:59Z");
  common_.expires = time.value_or(std::chrono::sys_seconds{});
}

std::optional<std::uint64_t> read_length(JsonFields& fields, const Place& owner) {
  if (!fields.may(owner, "length", json::Kind::integer)) return std::nullopt;
  return static_cast<std::uint64_t>(fields.integer(owner, "length", 0));
}

Hashes read_hashes(JsonFields& fields, const Place& owner) {
  const auto hashes = fields.may(owner, "hashes", json::Kind::object);
  Hashes read;
  if (!hashes) return read;
  if (hashes->object().empty()) fields.refuse(hashes->pointer, "there is no digest");
  for (const json::Member& member : hashes->object()) {
    const Place at = child(*hashes, member);
    if (!fields.is(at, json::Kind::string)) break;
    if (!is_digest(member.key, at.value->string())) fields.refuse(at.pointer, "this is not a " + member.key + " in lower-case hexadecimal digits");
    read.emplace_back(member.key, at.value->string());
  }
  return read;
}

FileFacts read_file_facts(JsonFields& fields, const Place& facts) {
  return {.version = fields.integer(facts, "version", 1), .length = read_length(fields, facts), .hashes = read_hashes(fields, facts)};
}

}  // namespace greenlane::trust
