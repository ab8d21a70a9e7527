// What the views of takes, guided editing and finished films say, in English and Chinese.
export const OF_FILMS = {
  lookedAt: ["This shot now", "当前镜头"], previewing: ["Filming a preview…", "正在拍摄预览…"], previewFresh: ["Up to date", "已是最新"],
  takes: ["Takes", "备选版本"], takesAbout: ["Each take keeps people and place; how they move differs.", "人物和地点不变，动作各不相同。"],
  anotherTake: ["Film this shot again", "重拍这个镜头"], firstTake: ["Film this shot alone", "单独拍这个镜头"], useTake: ["Use this take", "采用此版本"], chosenTake: ["In the film", "影片采用"], oldTake: ["of an earlier plan", "旧计划的版本"],
  compare: ["Compare", "对比"], comparing: ["Two takes, played together", "两个版本同步播放"], closeCompare: ["Close", "关闭"], playBoth: ["Play both", "同时播放"], pauseBoth: ["Pause both", "同时暂停"], position: ["Position", "位置"],
  noTakes: ["Not filmed yet.", "尚未拍摄。"], pickTwo: ["Mark two takes to compare them.", "选择两个版本进行对比。"],
  guided: ["Edit in one step", "按项修改"], guidedAbout: ["Only what a change touches is filmed again.", "只重拍受影响的部分。"], what: ["What", "内容"], where: ["Where", "范围"],
  opVoice: ["Another voice (file)", "换配音（文件）"], opWords: ["Other words, spoken", "换台词（合成）"], opTranslate: ["Translate the lines", "翻译台词"], opExtend: ["One more line at the end", "在结尾加一句"],
  opBackground: ["Another background", "换背景"], opPicture: ["Another picture of somebody", "换人物照片"], opLook: ["Other looks", "换外貌"], opKeep: ["Keep a region as it is", "保持一个区域不变"],
  wholeFilm: ["The whole film", "整部影片"], thisShot: ["This shot", "这个镜头"], aSpan: ["From … to …", "从…到…"], character: ["Who", "人物"], file: ["File", "文件"], text: ["Words", "文字"], languageOf: ["Language", "语言"],
  placeWords: ["Place in words, such as “on a beach”", "用文字描述地点，例如“在海滩”"], lookWords: ["Looks in words", "用文字描述外貌"], left: ["Left", "左"], top: ["Top", "上"], right: ["Right", "右"], bottom: ["Bottom", "下"], apply: ["Change it", "修改"], applying: ["Changing…", "正在修改…"],
  needFile: ["Choose a file.", "请选择文件。"], needText: ["Write the words.", "请写下文字。"], giveOn: ["Export", "导出与分享"],
  exProject: ["Project (ZIP)", "项目（ZIP）"], exReview: ["Review page (HTML)", "审片页面（HTML）"], exCut: ["Timeline (OTIO)", "剪辑（OTIO）"], exDraft: ["JianYing draft", "剪映草稿"], exSrt: ["Subtitles (SRT)", "字幕（SRT）"], exVtt: ["Subtitles (VTT)", "字幕（VTT）"],
  readNotes: ["Open review notes", "读取审片备注"], reviewNotes: ["Review notes", "审片备注"], otherFilm: ["These notes are about another version of the film.", "这些备注针对影片的另一版本。"],
  bring: ["Import a project (ZIP) or a film (MP4)", "导入项目（ZIP）或影片（MP4）"], reuse: ["Use its settings", "沿用设置"], missingFiles: ["These files of the film are not here; upload them again:", "缺少影片用到的文件，请重新上传："],
  table: ["Batch from a table", "用表格批量制作"], tableAbout: ["CSV: a film a row. Columns: prompt, size, engine, captions, portrait, voice, say, seed …", "CSV：每行一部影片。列：prompt、size、engine、captions、portrait、voice、say、seed…"], queueAll: ["Queue all", "全部排队"], queuedFilms: ["films are queued", "部影片已排队"],
  asCode: ["Use the API", "程序调用"], copy: ["Copy", "复制"], copied: ["Copied", "已复制"], byShot: ["By shot", "按镜头"], growing: ["The film grows while it plays.", "播放时影片会继续增长。"],
} as const;
