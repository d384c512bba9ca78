#include <filesystem>

#include "change.h"
#include "client/file_io.h"
#include "commands.h"
#include "crypto/digest.h"
#include "greenlane/pack.h"

namespace greenlane::gateway {
namespace {

/// Lists a pack as target; an error where its revision is there with other bytes.
Result<void> add_pack(Change& change, const std::string& path) {
  auto bytes = build_pack(path);
  if (!bytes.ok()) return bytes.error();
  const auto pack = json::parse(*bytes, {.bytes = max_target_bytes});
  if (!pack.ok()) return pack.error();
  const std::string id(pack->text("id"));
  const std::int64_t revision = pack->find("revision")->integer();
  const std::string target = "criteria/" + id + "/" + std::to_string(revision) + ".json";
  if (const json::Value* there = target_entry(change.current_targets(), target)) {
    if (target_digest(*there) == crypto::sha256_hex(*bytes)) {
      say(target + ": published already\n");
      return {};
    }
    return Error{.code = ErrorCode::invalid_argument,
                 .message = "revision " + std::to_string(revision) + " of " + id + " is published with other content; give the pack a new revision",
                 .source = path};
  }
  say(target + ": " + std::to_string(bytes->size()) + " bytes, sha256:" + crypto::sha256_hex(*bytes) + "\n");
  change.add_target(target, *std::move(bytes), json::Object{{"pack", id}, {"revision", revision}});
  return {};
}

}  // namespace

Exit run_repo_publish(const std::string& folder, const std::vector<std::string>& packs, const std::vector<std::string>& sign) {
  auto repository = Repository::open(folder);
  if (!repository.ok()) return fail(repository.error());
  {
    auto change = Change::begin(*repository);
    if (!change.ok()) return fail(change.error());
    for (const std::string& pack : packs) {
      if (auto done = add_pack(*change, pack); !done.ok()) return fail(done.error());
    }
    if (auto done = change->stage(); !done.ok()) return fail(done.error());
  }
  return sign_staged(*repository, sign);
}

}  // namespace greenlane::gateway
