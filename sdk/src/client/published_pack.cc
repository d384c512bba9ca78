#include "client/published_pack.h"

#include <utility>
#include <vector>

#include "base/json.h"
#include "client/pack_check.h"
#include "criteria/compiled_pack.h"
#include "criteria/pack_reader.h"
#include "crypto/digest.h"

namespace greenlane::client {
namespace {

/// The place in the pack stays; the source is the file's path at the authority.
Error in_file(Error error, const std::string& path) {
  if (!error.source.empty()) error.message = error.source + ": " + error.message;
  error.source = path;
  return error;
}

std::string name_of(const std::string& id, std::int64_t revision) { return id + " revision " + std::to_string(revision); }

}  // namespace

std::string pack_digest(std::string_view bytes) { return "sha256:" + crypto::sha256_hex(bytes); }

Result<PublishedPack> compile_published(const Verified<trust::TargetFile>& file, const PublishedAs& as) {
  const std::string& path = file->info.path;
  auto parsed = json::parse(file->bytes, criteria::pack_limits());
  if (!parsed.ok()) return in_file(std::move(parsed).error(), path);
  auto source = criteria::read_pack(*parsed);
  if (!source.ok()) return in_file(std::move(source).error(), path);
  if (source->id != as.id || source->revision != as.revision) {
    return Error{.code = ErrorCode::not_trusted,
                 .message = "the file holds " + name_of(source->id, source->revision) + ", but is listed as " + name_of(as.id, as.revision),
                 .source = path};
  }
  std::vector<criteria::PackIssue> issues;
  auto compiled = criteria::CompiledPack::compile(*std::move(source), pack_digest(file->bytes), issues);
  if (auto mistake = first_mistake(issues)) return in_file(*std::move(mistake), path);
  if (as.run_tests) {
    if (auto failed = failed_tests(*compiled)) return in_file(*std::move(failed), path);
  }
  return PublishedPack(std::move(compiled), as.freshness);
}

}  // namespace greenlane::client
