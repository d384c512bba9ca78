#include "bench_files.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "figures.h"

namespace greenlane::bench {

File open_for_results(const std::string& path) {
  File file(std::fopen(path.c_str(), "wb"));
  if (!file) throw std::runtime_error("cannot write " + path);
  std::setvbuf(file.get(), nullptr, _IOFBF, std::size_t{1} << 18);
  return file;
}

void write_file(const std::string& path, std::string_view bytes) {
  std::ofstream out(path, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!out.flush()) throw std::runtime_error("cannot write " + path);
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

Pack load_pack(const std::string& path) {
  auto pack = load_local_pack(path);
  if (!pack.ok()) throw std::runtime_error(pack.error().to_text());
  return *std::move(pack);
}

void screen_file(const std::string& input, const Pack& pack, const InputOptions& options, unsigned jobs,
                 const std::string& output) {
  const File out = open_for_results(output);
  const auto write = [&](const BatchLines& lines) -> Result<void> {
    if (std::fwrite(lines.text.data(), 1, lines.text.size(), out.get()) == lines.text.size()) return {};
    return Error{.code = ErrorCode::io, .message = "the results cannot be written"};
  };
  BatchOptions batch;
  batch.input = options;
  batch.jobs = jobs;
  const auto summary = screen_files_to_lines({input}, {pack}, batch, write);
  if (!summary.ok()) throw std::runtime_error(summary.error().to_text());
  if (summary->refused != 0)
    throw Disagreement("the engine refuses " + std::to_string(summary->refused) + " declarations");
}

}  // namespace greenlane::bench
