// Makes packs of verified files. There is no other way to a PublishedPack.
#pragma once

#include <cstdint>
#include <string>

#include "crypto/verified.h"
#include "greenlane/pack.h"
#include "greenlane/result.h"
#include "trust/target.h"

namespace greenlane::client {

/// What is expected of a verified file, and what is known of it.
struct PublishedAs {
  std::string id;
  std::int64_t revision = 0;
  std::string freshness;
  bool run_tests = true;  ///< false where they passed when the same bytes were taken into use
};

/// Compiles the very bytes that were verified. Errors: not_trusted, where the pack in them is another one; those of a pack that does
/// not compile or whose tests fail, with the path at the authority as source.
Result<PublishedPack> compile_published(const Verified<trust::TargetFile>& file, const PublishedAs& as);

/// "sha256:" and the digest of a built pack.
std::string pack_digest(std::string_view bytes);

}  // namespace greenlane::client
