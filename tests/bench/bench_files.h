// Files of the benchmark, and packs that were loaded from them.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "greenlane/pack.h"
#include "greenlane/screening.h"
#include "workload.h"

namespace greenlane::bench {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

/// Opens with the buffer that `greenlane screen` writes through.
File open_for_results(const std::string& path);
void write_file(const std::string& path, std::string_view bytes);
std::string read_file(const std::string& path);

Pack load_pack(const std::string& path);

/// What `greenlane screen --format json` does: the results of `input` go to the file `output`. An input that
/// is refused is a Disagreement.
void screen_file(const std::string& input, const Pack& pack, const InputOptions& options, unsigned jobs,
                 const std::string& output);

}  // namespace greenlane::bench
