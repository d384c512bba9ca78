// TUF metadata of each role: the first byte says which. What is taken keeps the promises of its header.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "trust/metadata.h"

namespace {

using namespace greenlane::trust;

void require(bool promise) {
  if (!promise) std::abort();
}

void check_keys(const Metadata& metadata, const RoleKeys& keys) {
  require(keys.threshold >= 1);
  // Verified or not, it must come to an end.
  const auto verified = verify_signatures(metadata.text, keys, "role");
  require(!verified.ok() || !metadata.text.signatures.empty());
  require(!has_lost_a_key(keys, keys));
}

void check(const Metadata& metadata) {
  require(metadata.version >= 1);
  require(metadata.text.signatures.size() <= max_signatures);
  require(metadata.text.bytes.starts_with('{') && metadata.text.bytes.ends_with('}'));
}

void check(const Targets& targets) {
  check(static_cast<const Metadata&>(targets));
  for (const TargetInfo& target : targets.targets) {
    require(targets.find(target.path) != nullptr);
    const auto location = target_location(target, true);
    require(!location.ok() || ("/" + *location).find("/../") == std::string::npos);
    require(!location.ok() || !location->starts_with('/'));
    require(!target.hashes.empty());
    for (const auto& [algorithm, digest] : target.hashes) require(is_digest(algorithm, digest));
    static_cast<void>(check_content(target.path, "", target.length, target.hashes));
  }
  for (const Delegation& delegation : targets.delegations) {
    require(!is_top_level(delegation.role) && !delegation.role.empty());
    check_keys(targets, delegation.keys);
  }
  if (targets.succinct) require(targets.succinct->bit_length >= 1 && targets.succinct->bit_length <= 32);
  for (const Delegation& delegation : targets.delegations_for("region/a.json")) require(!is_top_level(delegation.role));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] & 3u) {
    case 0:
      if (const auto root = read_root(bytes); root.ok()) {
        check(*root);
        for (const RoleKeys* keys : {&root->root, &root->timestamp, &root->snapshot, &root->targets}) check_keys(*root, *keys);
      }
      break;
    case 1:
      if (const auto timestamp = read_timestamp(bytes); timestamp.ok()) check(*timestamp);
      break;
    case 2:
      if (const auto snapshot = read_snapshot(bytes); snapshot.ok()) {
        check(*snapshot);
        require(snapshot->find("targets") != nullptr);
      }
      break;
    default:
      if (const auto targets = read_targets("region", bytes); targets.ok()) check(*targets);
      break;
  }
  return 0;
}
