// What can be read of a home without changing it, and whether its parts belong together.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "client/home_paths.h"
#include "client/pack_index.h"
#include "greenlane/result.h"

namespace greenlane::client {

/// The index of packs, empty where there is none yet. Errors: io; invalid_json, invalid_document, where it is damaged.
Result<PackIndex> read_index(const HomePaths& paths);
/// The generation of the last index that was written here, or 0. Error: io.
Result<std::int64_t> last_generation(const HomePaths& paths);

/// Not trusted, where the folder packs/ is older than the others.
Result<void> check_index_is_latest(const HomePaths& paths, const PackIndex& index);
/// Everything that is older than it should be, or does not verify: folders that somebody has put back alone. Reading fails for the
/// first of them only where packs in use are touched.
std::vector<Error> find_problems(const HomePaths& paths, const PackIndex& index);

/// Removes what interrupted changes have left half written. REQUIRES the lock of the home. What cannot be removed stays.
void remove_leftovers(const HomePaths& paths);

/// An earlier clock than at the last update says nothing of dates.
bool clock_is_suspect(const PackIndex& index, std::chrono::sys_seconds now) noexcept;
/// `source` of that error.
inline constexpr std::string_view clock_source = "clock";
Error clock_suspect(const PackIndex& index, std::chrono::sys_seconds now);

}  // namespace greenlane::client
