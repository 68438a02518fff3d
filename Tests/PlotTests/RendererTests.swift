import Plot
import Testing

@Suite("Renderers")
struct RendererTests {
  @Test("points land where they are, upright")
  func scatter() {
    var scene = Scene(.plane(radius: 1))
    scene.points(comma, ink: .data)
    #expect(
      picture(.braille, scene)
        == """
                    ⠄           
               ⠈                
            ⠁                   
                                
          ⠁                     
                    ⠂           
         ⠁             ⠈        
          ⡀                ⠁    
                                
            ⡀              ⢀    
                ⡀      ⢀        
                    ⠂           
        """)
    #expect(
      picture(.block, scene)
        == """
                    ▄           
               ▀                
            ▀                   
                                
          ▀                     
                    ▀           
         ▀             ▀        
          ▄               ▀     
                                
            ▄              ▄    
                ▄      ▄        
                    ▀           
        """)
    #expect(
      picture(.ascii, scene)
        == """
                                
                .   .           
            .                   
                                
          .                     
                    .           
          .            .        
          .               .     
                                
            .              .    
                .   .  .        
                                
        """)
  }

  @Test("arrows have heads in all eight directions")
  func arrows() {
    let scene = star(length: 0.4)
    #expect(
      picture(.braille, scene)
        == """
                    ↑           
                    ⡇           
            ↖⢄      ⡇     ⡠↗    
              ⠑⢄    ⠁   ⡠⠊      
                                
                                
         ←⠉⠉⠉⠉⠁          ⠈⠉⠉⠉⠉→ 
                                
              ⡠⠊    ⡀   ⠑⢄      
            ↙⠊      ⡇     ⠑↘    
                    ⡇           
                    ↓           
        """)
    #expect(
      picture(.block, scene)
        == """
                    ↑           
                    █           
            ←▄      █     ▄→    
              ▀▄    ▀   ▄▀      
                                
                                
         ←▀▀▀▀▀          ▀▀▀▀▀→ 
                                
              ▄▀    ▄   ▀▄      
            ←▀      █     ▀→    
                    █           
                    ↓           
        """)
    #expect(
      picture(.ascii, scene)
        == """
                                
                    ^           
            <\\      |     />    
              \\\\    |   //      
                \\      /        
                                
          <----          ---->  
                /      \\        
              //    |   \\\\      
            </      |     \\>    
                    v           
                                
        """)
  }

  @Test("arrows of one or two cells are shafts alone")
  func shortArrows() {
    let scene = star(length: 0.1)
    #expect(
      picture(.braille, scene)
        == """
                                
                                
                    ⡆           
               ⢄    ⠁   ⡠       
                                
                                
            ←⠉⠁          ⠈⠉→    
                                
               ⠊    ⡀   ⠑       
                    ⠇           
                                
                                
        """)
  }

  @Test("what is drawn last has the cell, alone")
  func order() {
    for glyphs in Glyphs.allCases {
      for inks in [[Ink.data, .arrow], [.arrow, .data]] {
        var (both, last) = (Scene(.plane(radius: 1)), Scene(.plane(radius: 1)))
        both.points([[-1, 1]], size: .large, ink: inks[0])
        both.points([[0, 0]], ink: inks[1])
        last.points([[0, 0]], ink: inks[1])
        #expect(
          glyphs.renderer.render(both, columns: 1, rows: 1) == glyphs.renderer.render(last, columns: 1, rows: 1))
      }
    }
  }

  @Test("an arrow shows where it goes: its head stands at its end, or before what is drawn over that")
  func heads() {
    var scene = Scene(.chart(x: Axis(0...11), y: Axis(0...3)))
    scene.arrows(from: [[0, 2]], to: [[9, 2]], ink: .arrow)
    #expect(picture(.braille, scene, columns: 6, rows: 1) == "⠒⠒⠒⠒→ ")
    scene.polyline([[8, 0], [8, 3]], ink: .data)
    #expect(picture(.braille, scene, columns: 6, rows: 1) == "⠒⠒⠒→⡇ ")
    scene.symbols([[0, 2]], .disc, ink: .point)
    #expect(picture(.braille, scene, columns: 6, rows: 1) == "•⠒⠒→⡇ ")
    #expect(picture(.block, scene, columns: 6, rows: 1) == "•▀▀→█ ")
    #expect(picture(.ascii, scene, columns: 6, rows: 1) == "o-->* ")
  }

  @Test("heads that meet stand one behind the other, and an arrow of two cells has none")
  func meeting() {
    var scene = Scene(.chart(x: Axis(0...11), y: Axis(0...3)))
    scene.arrows(from: [[0, 2], [2, 2]], to: [[8, 2], [8, 2]], ink: .arrow)
    #expect(picture(.braille, scene, columns: 6, rows: 1) == "⠒⠒⠒→→ ")
    scene.symbols([[8, 2]], .cross, ink: .arrow)
    #expect(picture(.braille, scene, columns: 6, rows: 1) == "⠒⠒→→× ")
    #expect(picture(.ascii, scene, columns: 6, rows: 1) == "-->>x ")
    scene = Scene(.chart(x: Axis(0...11), y: Axis(0...3)))
    scene.arrows(from: [[0, 2]], to: [[3, 2]], ink: .arrow)
    #expect(picture(.braille, scene, columns: 6, rows: 1) == "⠒⠒    ")
  }

  @Test("symbols take a whole cell")
  func symbols() {
    var scene = Scene(.chart(x: Axis(0...7), y: Axis(0...3)))
    scene.points([[0, 0], [2, 0]], ink: .data)
    scene.symbols([[2, 2], [.nan, 0]], .disc, ink: .point)
    scene.symbols([[6, 3]], .cross, ink: .ideal)
    #expect(picture(.braille, scene, columns: 4, rows: 1) == "⡀• ×")
    #expect(picture(.ascii, scene, columns: 4, rows: 1) == ".o x")
  }

  @Test("directions stand where their arrows begin")
  func directions() {
    var scene = Scene(.plane(radius: 1))
    let h = Float(0.5).squareRoot()
    let ways: [SIMD2<Float>] = [[1, 0], [h, h], [0, 1], [-h, h], [-1, 0], [-h, -h], [0, -1], [h, -h]]
    scene.directions(from: ways.map { $0 * 0.8 } + [[0, 0]], to: ways.map { $0 * 0.9 } + [[0, 0]], ink: .arrow)
    #expect(
      picture(.braille, scene, columns: 10, rows: 5)
        == """
             ↑    
          ↖    ↗  
         ←      → 
          ↙    ↘  
             ↓    
        """)
    #expect(
      picture(.ascii, scene, columns: 10, rows: 5)
        == """
             ^    
          <    >  
         <      > 
          <    >  
             v    
        """)
  }

  @Test("large points are larger than small ones")
  func sizes() {
    var scene = Scene(.chart(x: Axis(0...11), y: Axis(0...3)))
    scene.points([[0, 2]], ink: .data)
    scene.points([[7, 2]], size: .large, ink: .point)
    #expect(picture(.braille, scene, columns: 6, rows: 1) == "⠂  ⠰⠆ ")
    #expect(picture(.ascii, scene, columns: 6, rows: 1) == ".  o  ")
  }

  @Test("a line has a gap where a point is not finite, and a lone point is a dot")
  func gaps() {
    var scene = Scene(.chart(x: Axis(0...5), y: Axis(0...1)))
    scene.polyline([[0, 0], [1, 0], [.nan, 0], [3, 0], [4, .infinity], [5, 0]], ink: .curve)
    #expect(picture(.ascii, scene, columns: 6, rows: 1) == "** * *")
  }

  @Test("text is cut at the edge, and covers the marks")
  func text() {
    var scene = Scene(.chart(x: Axis(0...7), y: Axis(0...1)))
    scene.text("sigma", at: [4, 0.5])
    scene.polyline([[0, 0.5], [7, 0.5]], ink: .curve)
    #expect(picture(.braille, scene, columns: 8, rows: 1).hasSuffix("sigm"))
  }

  @Test("what is huge, infinite or outside is clipped, in a picture of any size")
  func clipping() {
    let far: [SIMD2<Float>] = [[3e38, -3e38], [.nan, 0], [0, -.infinity], [1e9, 1], [-1e30, 1e-30], [0, 0]]
    var scene = Scene(.plane(radius: 1))
    scene.points(far, size: .large, ink: .point)
    scene.arrows(from: far, to: far.reversed(), ink: .arrow)
    scene.polyline(far, ink: .curve)
    for glyphs in Glyphs.allCases {
      for (columns, rows) in [(0, 0), (0, 5), (1, 1), (1, 40), (40, 1), (80, 24), (500, 200)] {
        let grid = glyphs.renderer.render(scene, columns: columns, rows: rows)
        #expect(grid.columns == columns && grid.rows == rows)
      }
    }
  }
}
