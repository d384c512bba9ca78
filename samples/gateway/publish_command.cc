#include "crypto/digest.h"
#include "criteria/pack_reader.h"
#include "greenlane/pack.h"
#include "pack_target.h"
#include "staging.h"

namespace greenlane::gateway {
namespace {

/// Lists a pack as target; an error where its revision is there with other bytes.
Result<void> add_pack(Change& change, const std::string& path) {
  auto bytes = build_pack(path);
  if (!bytes.ok()) return bytes.error();
  const auto pack = json::parse(*bytes, criteria::pack_limits());
  if (!pack.ok()) return pack.error();
  const PackTarget target{std::string(pack->text("id")), pack->find("revision")->integer()};
  if (bytes->size() > max_target_bytes) {
    return Error{.code = ErrorCode::limit_exceeded,
                 .message = "the pack has " + std::to_string(bytes->size()) + " bytes; clients take " + std::to_string(max_target_bytes),
                 .source = path};
  }
  if (const auto there = change.find_target(target_path(target))) {
    if (digest_of(*there) == crypto::sha256_hex(*bytes)) {
      say(target_path(target) + " is published already.\n");
      return {};
    }
    return Error{.code = ErrorCode::invalid_argument,
                 .message = "revision " + std::to_string(target.revision) + " of " + target.pack +
                            " is published with other bytes; give the pack a new revision",
                 .source = path};
  }
  change.add_target(target_path(target), *std::move(bytes), json::Object{{"pack", target.pack}, {"revision", target.revision}});
  return {};
}

}  // namespace

Exit run_repo_publish(const std::string& folder, const std::vector<std::string>& packs, const std::vector<std::string>& sign) {
  return stage_change(folder, sign, [&](Change& change) -> Result<void> {
    for (const std::string& pack : packs) {
      if (auto done = add_pack(change, pack); !done.ok()) return done;
    }
    return {};
  });
}

}  // namespace greenlane::gateway
