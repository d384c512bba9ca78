#include <algorithm>
#include <array>
#include <set>

#include "base/hex.h"
#include "crypto/digest.h"
#include "trust/metadata_parts.h"
#include "trust/path_pattern.h"

namespace greenlane::trust {
namespace {

// With its percent-encoding a name has to fit that of a file.
constexpr std::size_t max_role_name = 256;

TargetInfo read_target(JsonFields& fields, const Place& target, const std::string& path) {
  TargetInfo info{.path = path, .length = static_cast<std::uint64_t>(fields.integer(target, "length", 0)), .hashes = {}, .custom = {}};
  fields.need(target, "hashes", json::Kind::object);
  info.hashes = read_hashes(fields, target);
  if (const auto custom = fields.may(target, "custom", json::Kind::object)) info.custom = *custom->value;
  return info;
}

Delegation read_delegation(JsonFields& fields, const Place& role, const KeyTable& table) {
  Delegation delegation;
  delegation.role = fields.text(role, "name");
  if (is_top_level(delegation.role) || delegation.role.size() > max_role_name) {
    fields.refuse(role.pointer + "/name", "\"" + delegation.role.substr(0, max_role_name) + "\" cannot be the name of a delegated role");
  }
  delegation.keys = read_role_keys(fields, role, table);
  delegation.terminating = fields.boolean(role, "terminating");
  const auto paths = fields.may(role, "paths", json::Kind::array);
  const auto prefixes = fields.may(role, "path_hash_prefixes", json::Kind::array);
  if (paths.has_value() == prefixes.has_value()) fields.refuse(role.pointer, "the role needs either \"paths\" or \"path_hash_prefixes\"");
  if (paths) delegation.paths = fields.texts(*paths);
  if (prefixes) delegation.path_hash_prefixes = fields.texts(*prefixes);
  return delegation;
}

SuccinctDelegation read_succinct(JsonFields& fields, const Place& roles, const KeyTable& table) {
  SuccinctDelegation succinct;
  succinct.keys = read_role_keys(fields, roles, table);
  const std::int64_t bits = fields.integer(roles, "bit_length", 1);
  if (bits > 32) fields.refuse(roles.pointer + "/bit_length", "the number is " + std::to_string(bits) + "; at most 32 is taken");
  succinct.bit_length = static_cast<unsigned>(std::clamp<std::int64_t>(bits, 1, 32));
  succinct.name_prefix = fields.text(roles, "name_prefix");
  if (succinct.name_prefix.size() > max_role_name) fields.refuse(roles.pointer + "/name_prefix", "the names of the roles are too long");
  return succinct;
}

void read_delegations(JsonFields& fields, const Place& delegations, Targets& targets) {
  const KeyTable table = read_keys(fields, delegations);
  const auto roles = fields.may(delegations, "roles", json::Kind::array);
  const auto succinct = fields.may(delegations, "succinct_roles", json::Kind::object);
  if (roles.has_value() == succinct.has_value()) fields.refuse(delegations.pointer, "either \"roles\" or \"succinct_roles\" is needed here");
  if (succinct) targets.succinct = read_succinct(fields, *succinct, table);
  if (!roles) return;
  std::set<std::string> names;
  for (std::size_t i = 0; i < roles->value->array().size() && fields.ok(); ++i) {
    const Place at = child(*roles, i);
    if (!fields.is(at, json::Kind::object)) return;
    targets.delegations.push_back(read_delegation(fields, at, table));
    if (!names.insert(targets.delegations.back().role).second) fields.refuse(at.pointer + "/name", "there is a role of this name already");
  }
}

}  // namespace

Result<Targets> read_targets(std::string_view role, std::string_view bytes) {
  auto text = MetadataText::read(role, "targets", bytes);
  if (!text.ok()) return std::move(text).error();
  JsonFields& fields = text->fields();
  Targets targets;
  const Place listed = fields.need(text->body(), "targets", json::Kind::object);
  targets.targets.reserve(listed.object().size());
  for (const json::Member& member : listed.object()) {
    const Place at = child(listed, member);
    if (!fields.ok() || !fields.is(at, json::Kind::object)) break;
    targets.targets.push_back(read_target(fields, at, member.key));
  }
  if (const auto delegations = fields.may(text->body(), "delegations", json::Kind::object)) read_delegations(fields, *delegations, targets);
  return text->finish(std::move(targets));
}

bool Delegation::covers(std::string_view path) const {
  if (!path_hash_prefixes.empty()) {
    const std::string digest = crypto::sha256_hex(path);
    return std::any_of(path_hash_prefixes.begin(), path_hash_prefixes.end(), [&digest](const std::string& prefix) { return digest.starts_with(prefix); });
  }
  return std::any_of(paths.begin(), paths.end(), [path](const std::string& pattern) { return matches_pattern(pattern, path); });
}

std::string SuccinctDelegation::role_for(std::string_view path) const {
  const auto digest = crypto::Sha256().digest(path);
  const std::uint32_t leading = std::uint32_t{digest[0]} << 24u | std::uint32_t{digest[1]} << 16u | std::uint32_t{digest[2]} << 8u | std::uint32_t{digest[3]};
  const std::uint32_t number = leading >> (32u - bit_length);
  const std::size_t digits = (bit_length + 3u) / 4u;
  const std::array<char, 4> bytes{static_cast<char>(number >> 24u), static_cast<char>(number >> 16u & 255u), static_cast<char>(number >> 8u & 255u),
                                  static_cast<char>(number & 255u)};
  return name_prefix + "-" + to_hex({bytes.data(), bytes.size()}).substr(8 - digits);
}

const TargetInfo* Targets::find(std::string_view path) const {
  const auto found = std::find_if(targets.begin(), targets.end(), [path](const TargetInfo& target) { return target.path == path; });
  return found == targets.end() ? nullptr : &*found;
}

std::vector<Delegation> Targets::delegations_for(std::string_view path) const {
  // TAP 15: what is not in its bin is nowhere.
  if (succinct) return {{.role = succinct->role_for(path), .keys = succinct->keys, .terminating = true, .paths = {}, .path_hash_prefixes = {}}};
  std::vector<Delegation> covering;
  for (const Delegation& delegation : delegations) {
    if (!delegation.covers(path)) continue;
    covering.push_back(delegation);
    if (delegation.terminating) break;
  }
  return covering;
}

}  // namespace greenlane::trust
