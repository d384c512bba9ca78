# greenlane_layer(NAME [KNOWS lower layers…] [USES libraries…])
#
# One object library a folder of sdk/src. A layer sees the public headers, its own folder and the
# folders of the layers it KNOWS, as a directory each of links in the build tree; including any
# other layer's header does not compile. `tests/arch` checks the same by reading the sources.
set(GREENLANE_LAYERS "" CACHE INTERNAL "")

function(greenlane_layer name)
  cmake_parse_arguments(ARG "" "" "KNOWS;USES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/src/${name}/*.cc)
  add_library(greenlane_${name} OBJECT ${sources})
  target_link_libraries(greenlane_${name} PRIVATE greenlane_flags ${ARG_USES})
  target_include_directories(greenlane_${name} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/include)

  set(view ${PROJECT_BINARY_DIR}/layers/${name})
  file(MAKE_DIRECTORY ${view})
  foreach(layer IN LISTS name ARG_KNOWS)
    file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR}/src/${layer} ${view}/${layer} SYMBOLIC)
  endforeach()
  target_include_directories(greenlane_${name} PRIVATE ${view})
  set(GREENLANE_LAYERS ${GREENLANE_LAYERS} ${name} CACHE INTERNAL "")
endfunction()
